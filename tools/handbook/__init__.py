"""Makes the parts of the documentation that follow from the program: reference pages, shown output, measured figures."""
