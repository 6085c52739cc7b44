"""Read by Django (FORMAT_MODULE_PATH): months without a full stop, as on the pages of classes."""

DATE_FORMAT = SHORT_DATE_FORMAT = "M j, Y"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "M j, Y, P"
MONTH_DAY_FORMAT = "M j"
