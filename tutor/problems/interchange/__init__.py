"""Problems that come in from files of other systems, and go out into them."""
