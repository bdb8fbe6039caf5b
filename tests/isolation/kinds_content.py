"""Pages in every state, and media."""

from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.embeds.models import Embed
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Comment,
    GroupApprovalTask,
    PageViewRestriction,
    Task,
    UploadedFile,
    Workflow,
)

from suites.pages import SuitePage
from tests.conftest import FILES
from tests.isolation.world import World, kind
from theme.models import PreviewLink, SiteDocument, SiteImage
from theme.previews import services as previews


def _page(world: World, slug: str, **fields: Any) -> SuitePage:
    page = SuitePage(
        title=world.say(f"Loft {slug}"),
        slug=slug,
        locale=world["home"].locale,
        suite_type=world["suitetype"],
        intro=world.say("intro"),
        **fields,
    )
    world["index"].add_child(instance=page)
    page.save_revision(user=world["user"], log_action=True)
    return page


@kind
def draft(world: World) -> SuitePage:
    page = _page(world, "rascunho", live=False, owner=world["user"])
    page.title = world.say("Loft segundo rascunho")
    page.save_revision(user=world["user"], log_action=True)
    return page


@kind
def revision(world: World) -> Any:
    return world["draft"].revisions.earliest("pk")


@kind
def locked(world: World) -> SuitePage:
    now = timezone.now()
    return _page(world, "trancada", locked=True, locked_by=world["user"], locked_at=now)


@kind
def scheduled(world: World) -> SuitePage:
    page = _page(world, "agendada", live=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=world["user"], log_action=True).publish(user=world["user"])
    return page


@kind
def restriction(world: World) -> PageViewRestriction:
    page = _page(world, "restrita")
    page.save_revision().publish()
    return PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="abre-te"
    )


@kind
def deleted(world: World) -> int:
    page = _page(world, "apagada", live=False)
    key = page.pk
    page.delete(user=world["user"])
    return key


@kind
def comment(world: World) -> Comment:
    page = SuitePage.objects.get(pk=world["draft"].pk)
    text = world.say("comentário")
    made = Comment(page=page, user=world["user"], text=text, contentpath="title")
    made.save()
    return made


@kind
def workflow(world: World) -> Workflow:
    return Workflow.objects.get()


@kind
def task(world: World) -> Task:
    return world["workflow"].tasks.get()


@kind
def marked_task(world: World) -> Task:
    return GroupApprovalTask.objects.create(name=world.say("tarefa"))


@kind
def workflow_state(world: World) -> Any:
    page = _page(world, "em-aprovacao", live=False)
    return world["workflow"].start(page, world["user"])


@kind
def task_state(world: World) -> Any:
    return world["workflow_state"].current_task_state


@kind
def moderated(world: World) -> SuitePage:
    return SuitePage.objects.get(pk=world["workflow_state"].object_id)


@kind
def collection(world: World) -> Collection:
    collection_root = Collection.objects.get(depth=1)
    return collection_root.add_child(name=world.say("Coleção"))


@kind
def image(world: World) -> SiteImage:
    name = f"{world.tenant.slug}.png"
    content = ContentFile((FILES / name).read_bytes(), name=name)
    made = SiteImage.objects.create(
        title=world.say("Loft imagem"), file=content, collection=world["collection"]
    )
    made.tags.add(world.say("etiqueta"))
    made.get_rendition("fill-10x10")
    return made


@kind
def rendition(world: World) -> Any:
    return world["image"].renditions.first()


@kind
def document(world: World) -> SiteDocument:
    content = ContentFile(world.say("documento").encode(), name=f"{world.say('tarifas')}.txt")
    return SiteDocument.objects.create(
        title=world.say("Loft tarifas"), file=content, collection=world["collection"]
    )


@kind
def private_document(world: World) -> CollectionViewRestriction:
    closed = world["collection"].add_child(name=world.say("Coleção fechada"))
    content = ContentFile(world.say("segredo").encode(), name="fechado.txt")
    SiteDocument.objects.create(title=world.say("fechado"), file=content, collection=closed)
    return CollectionViewRestriction.objects.create(
        collection=closed, restriction_type="password", password="abre-te"
    )


def _upload(world: World, model: type[Any]) -> UploadedFile:
    content = ContentFile(world.say("envio").encode(), name=f"{world.say('envio')}.txt")
    return UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(model),
        file=content,
        uploaded_by_user=world["user"],
    )


@kind
def uploaded_image(world: World) -> UploadedFile:
    return _upload(world, SiteImage)


@kind
def uploaded_document(world: World) -> UploadedFile:
    return _upload(world, SiteDocument)


@kind
def embed(world: World) -> Embed:
    return Embed.objects.create(
        url="https://youtu.be/igual", hash="0" * 32, type="video", title=world.say("vídeo")
    )


def _share(world: World) -> tuple[PreviewLink, str]:
    page, user = world["suite_page"], world["user"]
    page.save_revision(user=user)
    at = timezone.now()
    return previews.share(page=page, as_of=at, lasts=timedelta(hours=1), actor=user, at=at)


@kind
def preview_link(world: World) -> PreviewLink:
    return _share(world)[0]


@kind
def preview_token(world: World) -> str:
    return _share(world)[1]


@kind
def rendition_path(world: World) -> str:
    return world["rendition"].file.name


@kind
def image_path(world: World) -> str:
    return world["image"].file.name


@kind
def document_path(world: World) -> str:
    return world["document"].file.name


@kind
def document_name(world: World) -> str:
    return world["document"].filename
