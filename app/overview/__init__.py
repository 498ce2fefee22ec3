"""The home pages of leaders and office, the overview of a quarter, the brief (一页纸) and the page of a measure."""
