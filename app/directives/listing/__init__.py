"""The register of directives (批示登记): filter, print, Excel."""
