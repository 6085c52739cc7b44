"""What short lines of pupils tell, in symbols and arrows."""
