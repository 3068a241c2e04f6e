# Footnote on the CPU, with its model inside. Not built yet: where it was written there is no Docker engine. Each step was
# run by hand in a folder instead, and the server on a read-only root as the user below.
#
#   docker build -t footnote .
#   docker run --rm --init --read-only --tmpfs /tmp -p 127.0.0.1:8000:8000 -e FOOTNOTE_API_KEY=choose-a-long-one \
#          -v "$PWD/seeds:/documents:ro" -v footnote-data:/data footnote
#
# In a container it has to listen on all addresses, and refuses to without a key. compose.yaml has all of this written
# down, docs/operating.md the rest.
FROM python:3.11-slim-bookworm AS build

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/footnote
ENV PATH="/opt/footnote/bin:$PATH"

WORKDIR /build
# First, since it changes least: the pinned packages, with the CPU build of torch.
COPY requirements.lock ./
RUN pip install --extra-index-url https://download.pytorch.org/whl/cpu -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY index index
COPY qa qa
COPY web web
RUN pip install --no-deps .

# What no question needs: headers and tools to extend torch, and the packages' own tests. Then: does it all still load?
RUN cd /opt/footnote/lib/python3.11/site-packages \
    && rm -rf torch/include torch/test && find torch/bin -type f ! -name torch_shm_manager -delete \
    && find networkx scipy sklearn sympy -type d -name tests -prune -exec rm -rf {} + \
    && pip uninstall --yes pip \
    && python -c "import sentence_transformers, web.commands.index, web.commands.serve"


FROM python:3.11-slim-bookworm

RUN useradd --system --uid 10001 --user-group --no-create-home footnote \
    && mkdir /data /documents && chown footnote:footnote /data
COPY --from=build /opt/footnote /opt/footnote

# The root may be read-only: /data is written, and /tmp by libraries that want a cache.
ENV PATH="/opt/footnote/bin:$PATH" HOME=/tmp PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    FOOTNOTE_CORPUS=/documents FOOTNOTE_DATA=/data
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --start-period=10m --interval=30s --timeout=5s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready')"]
CMD ["footnote", "serve", "--host", "0.0.0.0"]
