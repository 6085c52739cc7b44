"""The pages of sections: their list, their people, groups, roster, and joining one."""
