"""How packages are paid and kept, before and after the update, and which ones it deletes."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from cenguard.assembly.given_values import Giving, about
from cenguard.assembly.old_states import must_replace
from cenguard.assembly.properties import as_flag, as_number
from cenguard.assembly.references import References
from cenguard.network import Blocker, mbps_text
from cenguard.network.details import Before, Deletion, Given, Interrupted, Leftover, Retained, Terms
from cenguard.network.known import NEVER, Inventory
from cenguard.resources import tokens
from cenguard.resources.addresses import is_address
from cenguard.resources.looked_up import gives_up
from cenguard.resources.records import READ, REPLACE, SAME, UPDATE, Resource, SourceKind
from cenguard.resources.values import Unknown, is_known

_REFRESH = "run `pulumi refresh`, and export again"
_RETENTION_UNTOLD = {
    SourceKind.ENGINE: "the engine does not tell a policy pack",
    SourceKind.PLAN: "a saved plan does not say",
}
"""What has no field for `retain_on_delete`: Pulumi's analyzer.proto and apitype/plan.go (`GoalV1`), 3.276."""


class Money:
    """The packages of one input, as contracts."""

    def __init__(self, references: References, inventory: Inventory) -> None:
        self.refs, self.inventory = references, inventory
        self.given = Giving(references)
        self.lifecycles = {urn: said for source in references.sources for urn, said in source.lifecycles.items()}
        self.kept = [record for source in references.sources for record in source.retained if record.type == tokens.PACKAGE]
        """Packages that stay in the cloud; an old one of a replacement has the URN of the living one."""
        self.keeps = frozenset(record.urn for record in self.kept)
        self.looked_at = frozenset(record.urn for source in references.sources if source.refreshed for record in source.resources)
        """Resources that a refresh shows: nothing of them is about to change."""
        self.untold = frozenset(
            record.urn
            for source in references.sources
            if source.kind is SourceKind.PLAN and not source.tells_retention
            for record in source.resources
        )
        """Resources of plans without their exports: whether the old state is kept in the cloud is not said."""
        self.deleted = [record for source in references.sources for record in source.deleted]

    def terms(self) -> dict[str, Terms]:
        """The terms of each package that the input manages, by URN."""
        untold = {
            record.urn: _RETENTION_UNTOLD[source.kind]
            for source in self.refs.sources
            if source.kind in _RETENTION_UNTOLD
            for record in source.resources
            if record.type == tokens.PACKAGE
        }
        attached = self._attached_before()
        return {
            record.urn: self._terms(record, attached, untold.get(record.urn, ""))
            for record in self.refs.by_type.get(tokens.PACKAGE, ())
            if record.change is not READ
        }

    def deletions(self) -> tuple[Deletion, ...]:
        """The packages that the update deletes, by URN."""
        untold = {
            record.urn
            for source in self.refs.sources
            if source.kind is SourceKind.PLAN and not source.tells_retention
            for record in source.deleted
        }
        now = self.refs.records
        gone = [record for record in self.deleted if record.urn not in now or gives_up(now[record.urn], record)]
        gone += [record for source in self.refs.sources for record in source.cleared]
        return tuple(
            about(
                Deletion,
                record,
                id=record.id,
                leftover=record.delete,
                payment=_plain(record.inputs, "paymentType") or _plain(record.inputs, "chargeType"),
                retained=record.retain_on_delete,
                retention_told=record.urn not in untold,
                blocker=next(
                    (
                        self.refs.unknown(record, key)
                        for key in ("paymentType", "chargeType")
                        if isinstance(record.inputs.get(key), Unknown)
                    ),
                    None,
                ),
            )
            for record in sorted(gone, key=lambda item: (item.urn, item.delete))
            if record.type == tokens.PACKAGE
        )

    def retained(self) -> tuple[Retained, ...]:
        """The packages that stay in the cloud, by URN, but for those that another stack or name holds."""
        held = (
            {record.id for record in self.refs.by_type.get(tokens.PACKAGE, ()) if record.change is not READ} if self.kept else ()
        )
        left = [record for record in self.kept if record.id is None or record.id not in held]
        kept = sorted(left, key=lambda item: (item.urn, item.delete))
        return tuple(about(Retained, record, id=record.id, leftover=record.delete) for record in kept)

    def interrupted(self) -> tuple[Interrupted, ...]:
        """The packages, and attachments of packages, that a killed run was making, by URN."""
        pending = [record for source in self.refs.sources for record in source.pending if not record.imported]
        made = (tokens.PACKAGE, tokens.PACKAGE_ATTACHMENT)
        return tuple(
            about(
                Interrupted,
                record,
                is_package=record.type == tokens.PACKAGE,
                created_again=(now := self.refs.records.get(record.urn)) is not None and now.is_made,
            )
            for record in sorted(pending, key=lambda item: item.urn)
            if record.type in made and not ((now := self.refs.records.get(record.urn)) is not None and now.imported)
        )

    def leftovers(self) -> tuple[Leftover, ...]:
        """The old packages that a replacement could not delete, by URN."""
        left = [record for source in self.refs.sources for record in source.leftover]
        living = [item.before or item for item in self.refs.by_type.get(tokens.PACKAGE_ATTACHMENT, ())] if left else []
        attached = {
            record.inputs.get("bandwidthPackageId"): record
            for record in (*living, *left)
            if record.type == tokens.PACKAGE_ATTACHMENT and isinstance(record.inputs.get("bandwidthPackageId"), str)
        }
        return tuple(
            about(
                Leftover,
                record,
                id=record.id,
                package=f"{mbps_text(as_number(record.inputs.get('bandwidth')))}, {_areas_text(record)}",
                attached_by=by.name if (by := attached.get(record.id)) else None,
                detaching=by is not None and by.pending_replacement,
                blocker=Blocker(
                    f"open old {record.urn}", f"deleting the old {record.name} was interrupted: it may be gone", _REFRESH
                )
                if record.pending_replacement
                else None,
            )
            for record in sorted(left, key=lambda item: item.urn)
            if record.type == tokens.PACKAGE
        )

    def _attached_before(self) -> frozenset[str]:
        """Ids and URNs of the packages that were attached in the old state."""
        found: set[str] = set()
        standing = [
            record for record in self.refs.by_type.get(tokens.PACKAGE_ATTACHMENT, ()) if record.old is not None or record.stands
        ]
        kept = [record for source in self.refs.sources for record in source.retained]
        gone = [record for record in (*self.deleted, *kept) if record.type == tokens.PACKAGE_ATTACHMENT]
        for record in (*standing, *gone):
            old = record.old if record.old is not None else record.inputs
            value = old.get("bandwidthPackageId")
            if isinstance(value, str):
                found.add(value)
            stood = record.before or record  # one that moves to another package names that one now
            found.update(stood.property_dependencies.get("bandwidthPackageId", ()))
        return frozenset(found)

    def _terms(self, record: Resource, attached: frozenset[str], untold: str) -> Terms:
        payment, said_by = self.given.text(record, "paymentType"), "payment_type"
        if not payment.is_set and (older := self.given.text(record, "chargeType")).is_set:
            payment, said_by = older, "charge_type"
        known = self.inventory.packages.get(record.id or "")
        expires, source = _expiry(record), "the state"
        if known is not None and known.expires is not None and (expires is None or known.expires >= expires):
            expires, source = known.expires, "the inventory"  # a renewal is all that moves it: the later day is the newer word
        before = self._before(record, attached)
        drifted = record.change is SAME and record.urn not in self.looked_at
        replaced = record.change is REPLACE or (drifted and must_replace(record))
        now = self.given.number(record, "bandwidth")
        return about(
            Terms,
            record,
            payment=payment,
            payment_property=said_by,
            period=self.given.number(record, "period"),
            auto_renew=self.given.flag(record, "autoRenew"),
            protected=record.is_protected or self.lifecycles.get(record.urn, False),
            protection_told=not is_address(record.urn) or record.urn in self.lifecycles,
            retained=record.retain_on_delete,
            retention_untold=untold,
            is_new=record.is_made,
            replaced=replaced,
            keeps_old=record.urn in self.keeps,
            keeps_old_told=record.urn not in self.untold,
            resized=not replaced and before is not None and before.mbps.value != now.value,
            before=before,
            expires=expires,
            expires_source=source,
        )

    def _before(self, record: Resource, attached: frozenset[str]) -> Before | None:
        old = record.old
        if old is None or record.urn in self.looked_at or record.change not in (UPDATE, REPLACE, SAME):
            return None
        words: list[Any] = [old.get("geographicRegionAId"), old.get("geographicRegionBId")]
        listed = old.get("geographicRegionIds")
        if words == [None, None] and isinstance(listed, list):
            words = sorted(listed, key=str)
        raw = old.get("bandwidth")
        return Before(
            areas=tuple(word if isinstance(word, str) else UNTOLD for word in words if word is not None),
            mbps=Given(as_number(raw))
            if is_known(raw)
            else Given(
                None,
                Blocker(
                    f"old {record.urn}",
                    f"the old bandwidth of {record.label} is not known",
                    "the export of its stack would settle it",
                ),
            ),
            payment=_plain(old, "paymentType") or _plain(old, "chargeType"),
            period=as_number(old.get("period")),
            auto_renew=as_flag(old.get("autoRenew")),
            attached=record.urn in attached or (record.before or record).id in attached,
        )


UNTOLD = "(not told)"
"""In the place of an old area that is a secret, or not in the document."""


def _areas_text(record: Resource) -> str:
    words = [_plain(record.inputs, key) for key in ("geographicRegionAId", "geographicRegionBId")]
    listed = record.inputs.get("geographicRegionIds")
    if words == [None, None] and isinstance(listed, list) and listed:
        words = [word if isinstance(word, str) else None for word in sorted(listed, key=str)]
        words *= 2 if len(words) == 1 else 1
    return "/".join(word or "an area that is not known" for word in words)


def _plain(values: Mapping[str, Any], key: str) -> str | None:
    value = values.get(key)
    return value if isinstance(value, str) and value else None


def _expiry(record: Resource) -> dt.date | None:
    value = record.outputs.get("expiredTime")
    try:
        found = dt.date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and found < NEVER else None
