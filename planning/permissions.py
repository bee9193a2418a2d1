"""Who may do and ask what: one table. A command or query without a row here fails a test and cannot be used."""

from __future__ import annotations

from hospital.texts import say
from planning import commands as c
from planning import queries as q
from planning.actors import PERSON_ROLES, Actor, Role
from planning.asking import asked as asking
from planning.beds import asked as beds
from planning.pharmacy import asked as pharmacy

ANYBODY = frozenset({Role.NOBODY, *PERSON_ROLES, Role.SYSTEM})
PEOPLE = frozenset({*PERSON_ROLES, Role.SYSTEM})
PLANNERS = frozenset({Role.SCHEDULER, Role.APPROVER, Role.SYSTEM})
APPROVERS = frozenset({Role.APPROVER})
READERS = frozenset({Role.VIEWER, Role.SCHEDULER, Role.APPROVER, Role.STEWARD, Role.SYSTEM})
STEWARDS = frozenset({Role.STEWARD, Role.SYSTEM})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR, Role.SYSTEM})

MAY: dict[type[c.Command] | type[q.Query], frozenset[Role]] = {
    # accounts and sites
    c.LogIn: ANYBODY,
    c.LogOut: ANYBODY,
    c.CreateSite: ADMINISTRATORS,
    c.DeleteSite: ADMINISTRATORS,
    c.LoadSample: ADMINISTRATORS,
    c.ChangeSettings: ADMINISTRATORS,
    c.CreateAccount: ADMINISTRATORS,
    c.SetRole: ADMINISTRATORS,
    c.DisableAccount: ADMINISTRATORS,
    c.SetPassword: PEOPLE,
    c.SetLanguage: PEOPLE,
    # data in
    c.StageUpload: STEWARDS | PLANNERS,
    c.ApplyUpload: STEWARDS | PLANNERS,
    c.DiscardUpload: STEWARDS | PLANNERS,
    c.CancelRequests: STEWARDS | PLANNERS,
    # planning
    c.RequestSolve: PLANNERS,
    c.StopJob: PLANNERS,
    c.RecordChanges: PLANNERS,
    c.UndoChange: PLANNERS,
    c.MarkAppointment: PLANNERS,
    c.MoveAppointment: PLANNERS,
    c.RemoveAppointment: PLANNERS,
    c.PlaceInSlot: PLANNERS,
    c.SubmitDraft: PLANNERS,
    c.ApproveDraft: APPROVERS,
    c.RejectDraft: APPROVERS,
    c.PublishSameDay: frozenset({Role.SCHEDULER, Role.APPROVER}),
    c.ReviewSameDay: APPROVERS,
    c.UndoVersion: PLANNERS,
    c.TickCall: PLANNERS,
    c.RevealPatient: frozenset({Role.SCHEDULER, Role.APPROVER}),
    # reads
    q.PlanView: READERS,
    q.Versions: READERS,
    q.Compare: READERS,
    q.Changes: READERS,
    q.JobStatus: READERS,
    q.ActiveJob: READERS,
    q.Slots: PLANNERS,
    q.MovePreview: PLANNERS,
    q.Why: READERS,
    q.WhyNot: PLANNERS,
    q.CallList: PLANNERS,
    q.ReviewList: READERS,
    q.Operations: PEOPLE,
    q.Quarantine: STEWARDS | PLANNERS,
    q.Uploads: STEWARDS | PLANNERS,
    q.UploadStatus: STEWARDS | PLANNERS,
    q.AuditLog: ADMINISTRATORS | APPROVERS,
    q.AuditCheck: ADMINISTRATORS | APPROVERS,
    q.Accounts: ADMINISTRATORS,
    q.Sites: PEOPLE,
    q.SettingsView: PEOPLE,
    q.Templates: STEWARDS | PLANNERS,
    q.ExportPlan: READERS,
    q.ExportCalls: PLANNERS,
    # pharmacy
    pharmacy.RequestForecast: PLANNERS,
    pharmacy.AcceptOrder: PLANNERS,
    pharmacy.PharmacyPage: READERS,
    pharmacy.ItemAsked: READERS,
    pharmacy.QuantityAsked: READERS,
    pharmacy.ExportOrder: READERS,
    pharmacy.MonthReport: READERS,
    # the planner
    asking.AskPlanner: READERS,
    asking.AnswerCard: READERS,
    asking.ConfirmCard: PLANNERS,
    asking.DismissCard: READERS,
    asking.UndoAsked: PLANNERS,
    asking.Asked: READERS,
    asking.CardPreview: PLANNERS,
    asking.CardAnswer: READERS,
    # beds
    beds.UploadWards: STEWARDS | PLANNERS,
    beds.BedsPage: READERS,
}


def may(actor: Actor, what: type[c.Command] | type[q.Query]) -> bool:
    """True if the actor's role includes it; nobody may do what the table does not know."""
    return actor.role in MAY.get(what, frozenset())


def allowed_commands(actor: Actor) -> frozenset[str]:
    """Names of the commands the actor's role includes; pages show only these buttons."""
    return frozenset(what.__name__ for what in MAY if issubclass(what, c.Command) and may(actor, what))


def roles_markdown(language: str) -> str:
    """The table for people: a row for each thing that can be done or seen, a column for each role."""
    roles = [say(f"planning.role_{role.value}", language) for role in PERSON_ROLES]
    lines = [
        f"| {say('planning.roles_action', language)} | " + " | ".join(roles) + " |",
        "| --- |" + " :-: |" * len(roles),
    ]
    for what, allowed in MAY.items():
        marks = ["●" if role in allowed else "" for role in PERSON_ROLES]
        lines.append(f"| {say(f'planning.action_{what.__name__}', language)} | " + " | ".join(marks) + " |")
    return "\n".join(lines)
