"""Words that say what somebody sees who looks at a figure."""
