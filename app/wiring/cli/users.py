"""flask user: accounts and grants."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter

import click

from app.access import operations, queries
from app.access.grants import grant_role, revoke_grant
from app.access.models import Account
from app.access.passwords.hashes import generate_password
from app.administration.seats import open_work_in_words
from app.authority.roles import Role
from app.base.errors import BadInput
from app.base.settings.current import current_settings
from app.org.models import Department, Leader
from app.org.queries import departments_by_name
from app.wiring.cli.command_groups import COMMAND_LINE, SentenceGroup

user = SentenceGroup("user", help="账号与授权。")
ROLE_CHOICE = click.Choice([role.value for role in Role])


@user.command("add")
@click.argument("username")
@click.option("--seat", required=True, help="席位名称，如“社区平安办公室填报员”。")
@click.option("--person", required=True, help="现任人员姓名。")
def add_user(username: str, seat: str, person: str) -> None:
    """新建账号 USERNAME，并给出首次登录的密码（登录后须修改）。"""
    password = generate_password()
    operations.add_account(username, seat=seat, person=person, password=password, by=COMMAND_LINE)
    click.echo(f"已建立账号 {username}，首次登录密码：{password}")


@user.command("grant")
@click.argument("username")
@click.argument("role", type=ROLE_CHOICE)
@click.option("--department", help="部门全称或简称（填报员、部门负责人必填）。")
@click.option("--leader", help="领导姓名（街道领导必填）。")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="授权截止日。")
def grant_user_role(
    username: str, role: str, department: str | None, leader: str | None, until: datetime | None
) -> None:
    """授予账号 USERNAME 角色 ROLE。"""
    grant_role(
        require_account(username),
        Role(role),
        by=COMMAND_LINE,
        department=require_department(department) if department else None,
        leader=require_leader(leader) if leader else None,
        until=until.date() if until else None,
    )
    click.echo(f"已授予 {username}：{Role(role).label}。")


@user.command("revoke")
@click.argument("username")
@click.argument("role", type=ROLE_CHOICE)
@click.option("--department", help="部门全称或简称；有几个部门的授权时写明收回哪一个。")
@click.option("--leader", help="领导姓名；有几位领导的授权时写明收回哪一个。")
@click.option("--reason", required=True, help="收回的理由，如“调离”。")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="从哪一天起收回；不写即立即收回。")
def revoke_user_role(
    username: str,
    role: str,
    department: str | None,
    leader: str | None,
    reason: str,
    since: datetime | None,
) -> None:
    """收回账号 USERNAME 的角色 ROLE；已办的事都留着。"""
    account = require_account(username)
    held = [one for one in queries.valid_grants(account) if one.role is Role(role)]
    if department:
        held = [one for one in held if one.department == require_department(department)]
    if leader:
        held = [one for one in held if one.leader == require_leader(leader)]
    if not held:
        raise BadInput(f"账号 {username} 现在没有这个授权，请用 flask user list 核对。")
    if len({(one.department_id, one.leader_id) for one in held}) > 1:
        raise BadInput(
            "这个账号有几个部门或几位领导的同一授权，请用 --department 或 --leader 写明收回哪一个。"
        )
    for one in held:
        revoke_grant(one, reason=reason, since=since.date() if since else None, by=COMMAND_LINE)
    click.echo(f"已收回 {username}：{Role(role).label}。")
    report_open_work(account)


@user.command("list")
def list_users() -> None:
    """列出账号及其当前授权。"""
    standing = queries.grants_in_force()
    for account in queries.active_accounts():
        held = filter(attrgetter("is_valid"), standing.get(account.id, []))
        roles = "、".join(grant.role.label for grant in held) or "无授权"
        click.echo(f"{account.username}\t{account.seat}\t{account.person}\t{roles}")


@user.command("reset-password")
@click.argument("username")
def reset_user_password(username: str) -> None:
    """为账号 USERNAME 换一个首次登录密码，并解除锁定。"""
    password = generate_password()
    account = require_account(username)
    operations.reset_password(account, password=password, by=COMMAND_LINE)
    operations.unlock_account(account, by=COMMAND_LINE, key=login_key())
    click.echo(f"账号 {username} 的新密码：{password}（登录后须修改）")


@user.command("email")
@click.argument("username")
@click.argument("address", default="")
def set_user_email(username: str, address: str) -> None:
    """让账号 USERNAME 的提醒同时发到电子邮箱 ADDRESS；不写 ADDRESS 即不再发邮件。"""
    operations.set_email(require_account(username), address, by=COMMAND_LINE)
    click.echo(f"账号 {username} 的电子邮箱：{address or '（无）'}")


@user.command("phone")
@click.argument("username")
@click.argument("phone", default="")
def set_user_phone(username: str, phone: str) -> None:
    """记下账号 USERNAME 的电话 PHONE，显示在要找这个人的页面上；不写 PHONE 即去掉。"""
    operations.set_phone_of_seat(require_account(username), phone, by=COMMAND_LINE)
    click.echo(f"账号 {username} 的电话：{phone or '（无）'}")


@user.command("unlock")
@click.argument("username", default="")
@click.option("--address", default="", help="被锁定的来访地址。")
def unlock_user(username: str, address: str) -> None:
    """让账号 USERNAME 或来访地址不必再等，可以立即登录。"""
    if not username and not address:
        raise BadInput("请写明用户名，或用 --address 写明来访地址。")
    if username:
        operations.unlock_account(require_account(username), by=COMMAND_LINE, key=login_key())
        click.echo(f"账号 {username} 已解除锁定。")
    if address:
        operations.unlock_address(address, by=COMMAND_LINE)
        click.echo(f"地址 {address} 已解除锁定。")


@user.command("disable")
@click.argument("username")
def disable_user(username: str) -> None:
    """停用账号 USERNAME，其登录立即结束。"""
    operations.disable_account(require_account(username), by=COMMAND_LINE)
    click.echo(f"账号 {username} 已停用。")
    report_open_work(require_account(username))


@user.command("enable")
@click.argument("username")
def enable_user(username: str) -> None:
    """重新启用账号 USERNAME，原有的授权未到期的仍然有效。"""
    operations.enable_account(require_account(username), by=COMMAND_LINE)
    click.echo(f"账号 {username} 已启用。")


def report_open_work(account: Account) -> None:
    """Print how much open work an account still has, so that it is not forgotten."""
    left = open_work_in_words(account, COMMAND_LINE)
    if left:
        click.echo(f"注意：还有没办完的工作（{left}），请街道办公室或部门负责人移交给接任的人。", err=True)


def login_key() -> str:
    """Return the key that failed logins are counted with."""
    settings = current_settings()
    return settings.secret_key


def require_account(username: str) -> Account:
    """Return an account. Raises BadInput if there is none of that name."""
    account = queries.account_named(username)
    if account is None:
        raise BadInput(f"没有用户名为“{username}”的账号，请用 flask user list 核对。")
    return account


def require_department(name: str) -> Department:
    """Return a department by full or short name. Raises BadInput if there is none."""
    department = departments_by_name().get(name)
    if department is None:
        raise BadInput(f"没有名为“{name}”的部门，请核对全称或简称。")
    return department


def require_leader(name: str) -> Leader:
    """Return a leader by name. Raises BadInput if there is none."""
    leader: Leader | None = Leader.get_or_none(Leader.name == name)
    if leader is None:
        raise BadInput(f"没有名为“{name}”的领导，请核对姓名。")
    return leader
