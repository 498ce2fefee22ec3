"""Files and folders of the instance."""
