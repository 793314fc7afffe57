"""What a rule set does with a packet: netfilter's order of hooks, chains and rules, in three-valued logic. Pure."""
