"""Which linac and which days a course gets: answered on the day it is asked for, and promised."""
