# syntax=docker/dockerfile:1

# Two images:
#   docker build --target app .   web server, grading worker, beat, and every manage.py command
#   docker build --target gpu .   the generation worker, with vLLM for CUDA

FROM node:22-slim AS libraries
WORKDIR /lemma
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM python:3.12-slim AS base
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
COPY pyproject.toml README.md LICENSE ./
RUN mkdir -p accounts tutor \
    && touch accounts/__init__.py tutor/__init__.py \
    && pip install . \
    && pip uninstall --yes lemma-tutor

FROM dependencies AS gpu-dependencies
RUN pip install ".[gpu]" \
    && pip uninstall --yes lemma-tutor

FROM dependencies AS app
# Chinese on paper; Typst's own fonts have none.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-noto-cjk \
    && rm --recursive --force /var/lib/apt/lists/*
COPY . .
COPY --from=libraries /lemma/node_modules node_modules
RUN python manage.py collectstatic --no-input \
    && rm --force var/secret_key \
    && mkdir var/evaluation \
    && chown --recursive lemma:lemma var
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
