"""Reading Upwork's pages as people hand them over: copied text and saved files become `core.imports.model.Page`."""
