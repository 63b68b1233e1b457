"""Resources: one resource of a stack as the input tells it: values, order, URNs, type tokens, records of a source."""
