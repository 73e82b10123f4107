"""The command line of the register: one short function a command, each a step that officers take."""
