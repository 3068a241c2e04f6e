# Footnote on the CPU, with its model inside. Not built yet: where it was written there is no Docker engine.
#
#   docker build -t footnote .
#   docker run --rm -p 127.0.0.1:8000:8000 -e FOOTNOTE_API_KEY=choose-a-long-one \
#          -v "$PWD/seeds:/documents:ro" -v footnote-data:/data footnote
#
# In a container it has to listen on all addresses, and refuses to without FOOTNOTE_API_KEY.
FROM python:3.11-slim

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONUNBUFFERED=1

WORKDIR /build
# First, since it changes least: the pinned packages, with the CPU build of torch.
COPY requirements.lock ./
RUN pip install --extra-index-url https://download.pytorch.org/whl/cpu -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY index index
COPY qa qa
COPY web web
RUN pip install --no-deps . && rm -rf /build/*

RUN useradd --create-home --uid 10001 footnote && mkdir /data /documents && chown footnote /data
USER footnote
WORKDIR /home/footnote

ENV FOOTNOTE_CORPUS=/documents FOOTNOTE_DATA=/data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --start-period=10m --timeout=5s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready')"]
CMD ["footnote", "serve", "--host", "0.0.0.0"]
