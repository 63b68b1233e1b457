"""Inventories: what stands elsewhere, from files, from records of other stacks, from answers of `aliyun cbn`."""
