"""What a Basic network becomes on Enterprise Edition: worked out from the same network that rules see, judged before it is said.

`planning.plan_of(sources, options, source=...)` gives an `UpgradePlan`: the answer as reports carry it, and beside it what a
program is written from:

* `plan.answer`: `cenguard.findings.upgrade_answer.UpgradeAnswer`, without `imports`, which who writes a program adds;
* `plan.instance`: the CEN instance (`cenguard.network.CenInstance`), with its id where the input knows it;
* `plan.attachments`, `plan.peers`, `plan.packages` (`parts.py`): what is attached, joined and paid for, each with the entity
  of today that it comes from; an attachment with its key (unique, fit for a name) and its zones;
* `plan.carried`: resources beside the network, as edits of fixes (`cenguard.findings.fix.Add`): route maps, advertised routes;
* `plan.new`: all resources of the new network, as edits that printers take (`plan.new.edits`; `Add.provider` is the URN of
  the provider of a region, whose name ends in the region), and as the records that `answer.result` is counted on;
* `plan.inventory`: what these records rest on: kept packages, and whether the instance is complete;
* `plan.ids`: the ids that the new network names things by; what the input has none for is in `plan.ids.made`.

`zones.py` says which vSwitches an attachment gets, `facts.py` what is known of the change, with sources and dates.
"""
