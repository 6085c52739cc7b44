"""Solutions as a working lists them: are they solutions, all of them, and the ones asked for?"""
