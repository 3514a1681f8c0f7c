"""The sections of the household panel, each showing one side of a household and editing it in place."""
