"""Settings to the parts of an assistant: the only place that knows every part."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from rag.library.library import DiskLibrary
from rag.models.embedder import OnnxEmbedder
from rag.models.reader import OnnxReader
from rag.models.verifier import OnnxVerifier
from rag.ports import Embedder, LanguageModel, Reader, Verifier
from rag.settings import Settings


@dataclass(frozen=True, slots=True)
class Parts:
    """What an assistant is made of. Without a reader, a verifier or a language model it does with less."""

    library: DiskLibrary
    embedder: Embedder
    reader: Reader | None = None
    verifier: Verifier | None = None
    language_model: LanguageModel | None = None


def wire(
    settings: Settings,
    *,
    create: bool = False,
    embedder: Embedder | None = None,
    language_model: LanguageModel | None = None,
) -> Parts:
    """The parts that the settings ask for, but for those given.

    Where a library must be there, a question is coming: reader and verifier open their weights meanwhile, else at the
    first question, which `ingest` never asks. Raises LibraryError where there is no library and `create` is false.
    """
    reader, verifier = OnnxReader(), OnnxVerifier()
    if not create:
        opening = ThreadPoolExecutor(1, thread_name_prefix="opening")
        for model in (reader, verifier):
            opening.submit(model.open)  # what fails here fails again, and is told, where the model is used
        opening.shutdown(wait=False)
    embedder = embedder or OnnxEmbedder()
    library = DiskLibrary(
        settings.library.expanduser(),
        embedder=embedder.name,
        dimension=embedder.dimension,
        chroma_url=settings.chroma_url,
        create=create,
    )
    return Parts(
        library=library,
        embedder=embedder,
        reader=reader,
        verifier=verifier,
        language_model=language_model or _language_model(settings),
    )


def _language_model(settings: Settings) -> LanguageModel | None:
    if not settings.generative:
        return None
    # openai takes most of a second to import, and most questions are asked without it.
    from rag.models.language.endpoint import OpenAiLanguageModel

    return OpenAiLanguageModel(
        base_url=settings.base_url,
        api_key=settings.api_key,
        model=settings.model,
        timeout_seconds=settings.timeout_seconds,
    )
