# syntax=docker/dockerfile:1

# Two images:
#   docker build --target app .   web server, grading worker, beat, and every command
#   docker build --target gpu .   the generation worker, with vLLM for CUDA
#
# Python packages are those of deploy/requirements*.txt, each checked by its hash. To hold the two
# images that these begin with to the letter, name them by digest, which
# `docker buildx imagetools inspect python:3.12-slim` shows:
#   docker build --build-arg PYTHON_IMAGE=python:3.12-slim@sha256:…  --build-arg NODE_IMAGE=…

ARG PYTHON_IMAGE=python:3.12-slim
ARG NODE_IMAGE=node:22-slim

FROM ${NODE_IMAGE} AS libraries
WORKDIR /lemma
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts
COPY . .
RUN npm run bundle

FROM ${PYTHON_IMAGE} AS base
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PATH=/opt/lemma/bin:$PATH \
    TUTOR_DATA_DIR=/lemma/var
RUN python -m venv /opt/lemma \
    && useradd --create-home --uid 10001 lemma
WORKDIR /lemma

# The dependencies alone: they stay in the build cache while the code changes.
FROM base AS dependencies
COPY deploy/requirements.txt deploy/
RUN pip install --require-hashes --requirement deploy/requirements.txt

FROM dependencies AS gpu-dependencies
COPY deploy/requirements-gpu.txt deploy/
RUN pip install --require-hashes --requirement deploy/requirements-gpu.txt

FROM dependencies AS app
# Chinese on paper, for Typst's own fonts have none; and the tools of backups.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-noto-cjk postgresql-client \
    && rm --recursive --force /var/lib/apt/lists/*
COPY . .
COPY --from=libraries /lemma/node_modules node_modules
COPY --from=libraries /lemma/static/bundled static/bundled
RUN python manage.py collectstatic --no-input \
    && rm --force var/secret_key \
    && mkdir --parents var/evaluation var/pictures /backups \
    && chown --recursive lemma:lemma var /backups
USER lemma
EXPOSE 8000
CMD ["python", "-m", "tutor.web", "--bind", "0.0.0.0", "--port", "8000"]

FROM gpu-dependencies AS gpu
# Triton compiles its kernels when the model is loaded.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gcc libc6-dev \
    && rm --recursive --force /var/lib/apt/lists/*
COPY . .
# The model hub's cache; a volume keeps it from one container to the next.
ENV HF_HOME=/models
RUN mkdir --parents var/evaluation /models \
    && chown --recursive lemma:lemma var /models
USER lemma
CMD ["celery", "-A", "tutor.celery", "worker", "-Q", "generation", "-n", "generation@%h", "--pool", "threads", "-c", "64"]
