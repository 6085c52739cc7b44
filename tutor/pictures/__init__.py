"""Pictures in texts: read from strangers' files, stored by their content, shown to readers."""
