"""What directives are about: measures, a quarter's filing, a department's work, an issued document."""
