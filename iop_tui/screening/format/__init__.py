"""The YAML format: files to nodes, nodes to the model, every problem at once."""
