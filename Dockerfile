# syntax=docker/dockerfile:1
# The program in an image that holds nothing else: no shell, no package manager, not root. docs/release.md says how a host
# starts it. Its reproducible parts are those of .goreleaser.yaml.
FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG TARGETOS
ARG TARGETARCH
ARG VERSION=0.1.0
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=$VERSION" -o /mcp-taskdetails ./cmd/mcp-taskdetails

FROM gcr.io/distroless/static-debian13:nonroot
ARG REGISTRY_NAME=localhost/mcp-taskdetails
LABEL io.modelcontextprotocol.server.name=$REGISTRY_NAME \
      org.opencontainers.image.title=mcp-taskdetails \
      org.opencontainers.image.licenses=MIT
COPY --from=build /mcp-taskdetails /mcp-taskdetails
USER 65532:65532
ENTRYPOINT ["/mcp-taskdetails"]
