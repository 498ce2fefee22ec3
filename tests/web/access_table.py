"""Who may enter which route, written down by hand from the roles of the domain: the oracle for the policy table.

One line a route: method, rule, who gets in. The signs:

    F H   filer, head of the department that owns the subject          f h   those of another department
    O L   office, leader          S C A   system admin, security admin, auditor          -   nobody signed in
    ~     somebody else: the deputy whom the filer named

The filing is a draft, which a leader does not read.
"""

from __future__ import annotations

from dataclasses import dataclass

SIGNS = {
    "F": "filer",
    "H": "head",
    "f": "filer:一居",
    "h": "head:一居",
    "O": "office",
    "L": "leader",
    "S": "system_admin",
    "C": "security_admin",
    "A": "auditor",
}
NOBODY = "-"
EVERYBODY = "-FHfhOLSCA"
SIGNED_IN = "FHfhOLSCA"

TABLE = f"""
GET  /                                         {SIGNED_IN}
GET  /admin/accounts                            S
GET  /admin/accounts/<int:account_id>           S
POST /admin/accounts/<int:account_id>/disable   S
POST /admin/accounts/<int:account_id>/enable    S
POST /admin/accounts/<int:account_id>/phone     S
GET  /admin/accounts/new                        S
POST /admin/accounts/new                        S
GET  /admin/grants                              C
GET  /admin/grants/<int:grant_id>/revoke        C
POST /admin/grants/<int:grant_id>/revoke        C
GET  /admin/grants/accounts/<int:account_id>    C
POST /admin/grants/accounts/<int:account_id>    C
POST /admin/grants/accounts/<int:account_id>/password  C
POST /admin/grants/accounts/<int:account_id>/unlock    C
GET  /admin/organisation                        OS
GET  /admin/organisation/departments/<int:department_id> OS
POST /admin/organisation/departments/<int:department_id> OS
GET  /admin/organisation/departments/<int:department_id>/end OS
POST /admin/organisation/departments/<int:department_id>/end OS
POST /admin/organisation/departments/<int:department_id>/return OS
GET  /admin/organisation/departments/new        OS
POST /admin/organisation/departments/new        OS
GET  /admin/organisation/groups                 OS
GET  /admin/organisation/groups/<int:group_id>  OS
POST /admin/organisation/groups/<int:group_id>  OS
POST /admin/organisation/groups/<int:group_id>/remove OS
GET  /admin/organisation/groups/new             OS
POST /admin/organisation/groups/new             OS
GET  /admin/organisation/import                 S
POST /admin/organisation/import                 S
GET  /admin/organisation/issuers                OS
GET  /admin/organisation/issuers/<int:issuer_id> OS
POST /admin/organisation/issuers/<int:issuer_id> OS
POST /admin/organisation/issuers/<int:issuer_id>/remove OS
GET  /admin/organisation/issuers/new            OS
POST /admin/organisation/issuers/new            OS
GET  /admin/organisation/leaders                OS
GET  /admin/organisation/leaders/<int:leader_id> OS
POST /admin/organisation/leaders/<int:leader_id> OS
GET  /admin/organisation/leaders/new            OS
POST /admin/organisation/leaders/new            OS
GET  /admin/organisation/proposals              OS
POST /admin/organisation/proposals/<int:proposal_id>/accept S
POST /admin/organisation/proposals/<int:proposal_id>/refuse S
GET  /audit                                    A
GET  /attachments/<int:attachment_id>          FHO
POST /attachments/<int:attachment_id>/remove   FH
GET  /brief                                    OL
GET  /brief.pdf                                OL
POST /departments/<int:department_id>/follow   OL
GET  /deputies                                 {SIGNED_IN}
POST /deputies                                 {SIGNED_IN}
POST /deputies/<int:delegation_id>/act         ~
POST /deputies/<int:delegation_id>/end         F
POST /deputies/back                            {SIGNED_IN}
GET  /directives                               FHfhOL
GET  /directives/<directive_id>            FHOL
POST /directives/<directive_id>/close      OL
POST /directives/<directive_id>/confirm    L
POST /directives/<directive_id>/extension  H
POST /directives/<directive_id>/extension/grant L
POST /directives/<directive_id>/extension/refuse L
POST /directives/<directive_id>/follow     OL
POST /directives/<directive_id>/propose-closing O
POST /directives/<directive_id>/remind     OL
POST /directives/<directive_id>/reopen     L
POST /directives/<directive_id>/reply      FH
POST /directives/<directive_id>/reply/return H
POST /directives/<directive_id>/reply/take-back FH
POST /directives/<directive_id>/reply/save FH
POST /directives/<directive_id>/reply/sign H
POST /directives/<directive_id>/send-back  L
POST /directives/<directive_id>/supplement L
GET  /directives/<directive_id>/sheet.pdf  FHOL
POST /directives/<directive_id>/withdraw   L
POST /directives/for-filing/<int:filing_id>/<directive_id>/replies/<int:ordinal>/take FH
GET  /directives/for-filing/<int:filing_id>    FHO
GET  /directives/handwritten                   O
POST /directives/handwritten                   O
GET  /directives/<directive_id>/scans/<int:ordinal> FHOL
GET  /directives/new                           OL
POST /directives/new                           OL
GET  /directives/on-document/<int:document_id> FHfhOL
GET  /directives/on-measure/<int:measure_id>   FHfhOL
GET  /directives/print                         FHfhOL
GET  /directives/register.xlsx                 FHfhOL
POST /directives/remind                        OL
GET  /documents                                FHfhOL
GET  /documents/<int:document_id>              FHOL
GET  /documents/<int:document_id>/correct      O
GET  /documents/<int:document_id>/directives/new OL
POST /documents/<int:document_id>/directives/new OL
POST /documents/<int:document_id>/correct      O
GET  /documents/<int:document_id>/download/<file_format> FHOL
GET  /documents/<int:document_id>/file.pdf     FHOL
POST /documents/<int:document_id>/issue        O
GET  /documents/<int:document_id>/pages        FHOL
GET  /documents/<int:document_id>/pages/<int:number>.png FHOL
POST /documents/<int:document_id>/retry        O
GET  /documents/<int:document_id>/verification FHOL
POST /documents/<int:document_id>/verification OL
POST /documents/<int:draft_id>/discard         O
POST /documents/<int:draft_id>/<any(undo,redo):direction> O
GET  /documents/<int:draft_id>/edit            O
GET  /documents/<int:draft_id>/findings        O
POST /documents/<int:draft_id>/fix-all         O
GET  /documents/<int:draft_id>/particulars     O
POST /documents/<int:draft_id>/particulars     O
GET  /documents/<int:draft_id>/renewal         O
POST /documents/<int:draft_id>/renewal         O
GET  /documents/<int:draft_id>/annex           O
GET  /documents/<int:draft_id>/annex/<int:filing_id>/<int:ordinal> O
POST /documents/<int:draft_id>/annex/<int:filing_id>/<int:ordinal> O
POST /documents/<int:draft_id>/annex/<int:filing_id>/<int:ordinal>/restore O
GET  /documents/<int:draft_id>/replace         O
POST /documents/<int:draft_id>/replace         O
GET  /documents/blocks/<int:block_id>          O
POST /documents/blocks/<int:block_id>          O
POST /documents/blocks/<int:block_id>/<any(drop,restore,keep):step> O
POST /documents/blocks/<int:block_id>/<any(up,down):way> O
GET  /documents/blocks/<int:block_id>/after    O
POST /documents/blocks/<int:block_id>/after    O
POST /documents/blocks/<int:block_id>/ask      O
GET  /documents/blocks/<int:block_id>/figures  O
POST /documents/blocks/<int:block_id>/figures  O
POST /documents/blocks/<int:block_id>/fix      O
POST /documents/blocks/<int:block_id>/renew    O
POST /documents/blocks/<int:block_id>/wording/<any(by_topic,by_part,supervision):view> O
GET  /documents/new                            O
GET  /documents/new/<kind>                     O
GET  /documents/new/<kind>/batch               O
POST /documents/new/<kind>                     O
POST /documents/new/<kind>/quarter             O
GET  /documents/register                       OL
GET  /documents/register/register.xlsx         OL
POST /documents/register/start                 O
GET  /documents/wordings                       FHfh
GET  /documents/wordings/<int:request_id>      FH
POST /documents/wordings/<int:request_id>/<any(agree,object):verdict> FH
GET  /email                                    {SIGNED_IN}
POST /email                                    {SIGNED_IN}
GET  /phone                                    {SIGNED_IN}
POST /phone                                    {SIGNED_IN}
GET  /contributions                            FHfh
POST /contributions/<int:contribution_id>      FH
POST /contributions/<int:contribution_id>/ask  fh
GET  /contributions/<int:contribution_id>/attachments FHfhO
POST /contributions/<int:contribution_id>/attachments FH
POST /contributions/<int:contribution_id>/needed FH
GET  /contributions/<int:contribution_id>/texts FH
POST /contributions/not-needed                 FHfh
POST /contributions/restore                    O
POST /contributions/waive                      O
GET  /following                                OL
GET  /filings                                  FHfh
GET  /filings/<int:filing_id>                  FHO
POST /filings/<int:filing_id>                  FH
GET  /filings/<int:filing_id>/attachments      FHO
POST /filings/<int:filing_id>/attachments      FH
GET  /filings/<int:filing_id>/contributions    FHO
POST /filings/<int:filing_id>/contributions/<int:contribution_id>/taken FH
POST /filings/<int:filing_id>/contributions/remind FH
GET  /filings/<int:filing_id>/differences      FHO
GET  /filings/<int:filing_id>/directives/new   O
POST /filings/<int:filing_id>/directives/new   O
GET  /filings/<int:filing_id>/kept/<int:version> FHOL
POST /filings/<int:filing_id>/return           H
POST /filings/<int:filing_id>/sign-off         H
POST /filings/<int:filing_id>/submit           FH
POST /filings/<int:filing_id>/take-back        FH
POST /filings/<int:filing_id>/presence          FH
POST /filings/<int:filing_id>/take-back-sign-off H
GET  /filings/check                            FHfh
GET  /filings/excel                            FHfh
POST /filings/excel                            FHfh
GET  /filings/excel/<sha256>                   F
POST /filings/excel/<sha256>                   F
GET  /filings/excel/form.xlsx                  FHfh
GET  /filings/excel/quarter.xlsx               O
GET  /filings/sheet                            FHfh
GET  /filings/sheet.xlsx                       FHfh
POST /filings/suggestions/<int:suggestion_id>/<any(agree,decline):verdict> FH
POST /filings/sign-off-all                     Hh
POST /filings/submit-all                       FHfh
GET  /hand-over                                HhO
GET  /hand-over/orphans                        HhO
GET  /hand-over/<int:account_id>               HO
POST /hand-over/<int:account_id>               HO
POST /hand-over/planned/<int:planned_id>/cancel HO
GET  /healthz                                  {EVERYBODY}
GET  /lint                                     FHfhOL
POST /lint                                     FHfhOL
POST /lint/fixed                               FHfhOL
POST /lint/revised                             FHfhOL
GET  /lint/words                               O
GET  /lint/words/edit                          O
POST /lint/words/edit                          O
POST /lint/words/off                           O
POST /lint/words/restore                       O
POST /lint/words/restore-all                   O
GET  /login                                    {EVERYBODY}
GET  /login/state                              {SIGNED_IN}
POST /login                                    {EVERYBODY}
POST /logout                                   {SIGNED_IN}
GET  /measures/<int:measure_id>                FHfhOL
POST /measures/<int:measure_id>/directives     OL
POST /measures/<int:measure_id>/directives/form OL
GET  /measures/<int:measure_id>/directives/new OL
GET  /measures/<int:measure_id>/ending         O
POST /measures/<int:measure_id>/ending         O
POST /measures/<int:measure_id>/follow         OL
GET  /measures/<int:measure_id>/history        FHfhOL
POST /measures/<int:measure_id>/indicators     O
POST /measures/<int:measure_id>/milestones     O
GET  /measures/<int:measure_id>/revision       O
POST /measures/<int:measure_id>/revision       O
GET  /measures/<int:measure_id>/splitting      O
POST /measures/<int:measure_id>/splitting      O
GET  /measures/<int:measure_id>/steps          FHfhOL
GET  /measures/<int:measure_id>/targets        O
GET  /measures/<int:measure_id>/timeline       FHfhOL
GET  /notices                                  {SIGNED_IN}
POST /notices/<int:notice_id>/open             F
POST /notices/<int:notice_id>/read             F
POST /notices/read                             {SIGNED_IN}
GET  /overview                                 OL
GET  /overview/trend                           OL
GET  /password                                 {SIGNED_IN}
POST /password                                 {SIGNED_IN}
GET  /periods                                  O
GET  /periods/<int:period_id>                  O
POST /periods/<int:period_id>                  O
GET  /periods/<int:period_id>/close            O
POST /periods/<int:period_id>/close            O
GET  /periods/<int:period_id>/reopen           O
POST /periods/<int:period_id>/reopen           O
GET  /periods/<int:period_id>/undo             O
POST /periods/<int:period_id>/undo             O
GET  /periods/<int:period_id>/unlock           O
POST /periods/<int:period_id>/unlock           O
GET  /periods/calendar                         O
POST /periods/calendar                         O
POST /periods/calendar/<int:exception_id>/drop O
POST /periods/calendar/import                  O
GET  /periods/open                             O
POST /periods/open                             O
GET  /periods/<int:period_id>/unlock-request   FHfh
POST /periods/<int:period_id>/unlock-request   FHfh
GET  /periods/unlock-requests/<int:unlock_request_id> O
POST /periods/unlock-requests/<int:unlock_request_id>/grant O
POST /periods/unlock-requests/<int:unlock_request_id>/refuse O
POST /periods/unlocks/<int:unlock_id>/lock     O
GET  /plan                                     FHfhOL
GET  /plan/<int:plan_id>/remove                O
POST /plan/<int:plan_id>/remove                O
GET  /plan/new                                 O
POST /plan/new                                 O
GET  /plan/new/<int:import_draft_id>           O
POST /plan/new/<int:import_draft_id>/<any(undo,redo):direction> O
POST /plan/new/<int:import_draft_id>/blocks    O
GET  /plan/new/<int:import_draft_id>/blocks/<int:start> O
GET  /plan/new/<int:import_draft_id>/carry-over O
POST /plan/new/<int:import_draft_id>/carry-over O
GET  /plan/new/<int:import_draft_id>/comparison O
POST /plan/new/<int:import_draft_id>/comparison O
GET  /plan/new/<int:import_draft_id>/confirm   O
POST /plan/new/<int:import_draft_id>/confirm   O
POST /plan/new/<int:import_draft_id>/discard   O
GET  /plan/new/<int:import_draft_id>/duties    O
POST /plan/new/<int:import_draft_id>/duties    O
POST /plan/new/<int:import_draft_id>/duties/names O
GET  /plan/new/<int:import_draft_id>/frame     O
POST /plan/new/<int:import_draft_id>/frame     O
POST /plan/new/<int:import_draft_id>/questions/<int:number> O
GET  /plan/new/<int:import_draft_id>/revision  O
POST /plan/new/<int:import_draft_id>/revision  O
GET  /plan/<int:plan_id>/assignments           O
POST /plan/<int:plan_id>/assignments           O
POST /plan/<int:plan_id>/assignments/table     O
GET  /plan/<int:plan_id>/targets               O
POST /plan/<int:plan_id>/targets               O
GET  /plan/<int:plan_id>/carry-over            O
POST /plan/<int:plan_id>/carry-over            O
GET  /plan/<int:plan_id>/carry-over/left       O
POST /carry-overs/<int:carry_over_id>/take-back O
GET  /plan/<int:plan_id>/handover              O
POST /plan/<int:plan_id>/handover              O
GET  /plan/<int:plan_id>/measures/new          O
POST /plan/<int:plan_id>/measures/new          O
GET  /review                                   O
GET  /review/<int:filing_id>                   O
POST /review/<int:filing_id>/accept            O
GET  /review/<int:filing_id>/assessment        O
POST /review/<int:filing_id>/assessment        O
POST /review/<int:filing_id>/reopen            O
POST /review/<int:filing_id>/send-back         O
POST /review/<int:filing_id>/suggest           O
POST /review/suggestions/<int:suggestion_id>/withdraw O
POST /review/accept-all                        O
GET  /review/phrases                           O
POST /review/phrases                           O
POST /review/phrases/<int:phrase_id>/remove    O
GET  /review/send-back                         O
POST /review/send-back                         O
POST /review/send-back/choose                  O
GET  /review/remind                            O
POST /review/remind                            O
GET  /search                                   FHfhOL
GET  /sessions                                 {SIGNED_IN}
POST /sessions/<int:session_id>/end            F
POST /sessions/end-others                      {SIGNED_IN}
GET  /static/<path:filename>                   {EVERYBODY}
"""


@dataclass(frozen=True)
class Route:
    """A method and a URL rule, and the signs of those who get in."""

    method: str
    rule: str
    signs: frozenset[str]


LINES = (line.split() for line in TABLE.split("\n") if line)
ROUTES = tuple(Route(method, rule, frozenset(signs)) for method, rule, signs in LINES)
