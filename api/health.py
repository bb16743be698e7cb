"""GET /healthz and /readyz: for whatever watches over the service."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException

from api import shapes
from api.problems import documented
from api.shelf import Shelf, shelf_of

router = APIRouter(tags=["health"])


@router.get("/healthz", response_model=shapes.Health, responses=documented())
async def get_health() -> Any:
    """Whether the service is alive."""
    return {"status": "ok"}


@router.get("/readyz", response_model=shapes.Ready, responses=documented(503))
def get_ready(shelf: Annotated[Shelf, Depends(shelf_of)]) -> Any:
    """Whether questions can be answered: the index is open and the model is loaded."""
    if not shelf.ready.is_set():
        raise HTTPException(503, "The model is being loaded.")
    with shelf.lend() as library:
        return {"status": "ok", "generation": library.generation}
