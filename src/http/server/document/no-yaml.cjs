// Stands for the package yaml where nothing is written as YAML: its 72 modules are a fiftieth of a start.
