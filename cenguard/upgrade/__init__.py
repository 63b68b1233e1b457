"""What a Basic network becomes on Enterprise Edition: worked out from the same network that rules see, judged before it is said.

`planning.plan_of(sources, options, ...)` gives an `UpgradePlan`: the answer as reports carry it, and beside it what a
program is written from:

* `plan.answer`: `cenguard.findings.upgrade_answer.UpgradeAnswer`, without `imports`, which who writes a program adds;
* `plan.instance`: the CEN instance (`cenguard.network.CenInstance`), with its id where the input knows it;
* `plan.attachments`, `plan.peers`, `plan.packages`: what is attached, joined and paid for, each with the entity of today
  that it comes from, its key (unique, fit for a name) and its id;
* `plan.carried`: resources beside the network, as edits of fixes (`cenguard.findings.fix.Add`);
* `plan.records`: the new network as one source of resources, the same that `answer.result` is counted on.

`zones.py` says which vSwitches an attachment gets, `facts.py` what is known of the change, with sources and dates.
"""
