"""A class list, as a school has it in a spreadsheet: read, checked line by line, added as a whole.

`table` reads the text, `matching` finds out what each row would do, and `enrolling` does it: for
all rows, or for none if one is bad. A cell is always text, whatever it begins with.

A list tells nobody which accounts or addresses exist. Every person on it is enrolled with a new
account and a one-time password, and Lemma completes the user name, so none is ever taken. A person
who already has an account under the typed name or address is invited to take over the enrollment
(see `tutor.courses.invitations`); nothing shows this before they accept.
"""
