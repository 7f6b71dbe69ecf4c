# docker build -t leadgauge .
# docker run -p 8080:8080 -v "$PWD/manifests:/manifests:ro" -v leadgauge-data:/data leadgauge
#
# Every step works on paths of the project or of the image alone and none needs a package of the
# image's system, so that src/test/docker/run-dockerfile-steps can run them without a container
# engine.

FROM maven:3.9.16-eclipse-temurin-25-noble AS build
WORKDIR /src
# First the libraries, by a build of nothing, so that a change of a source does not load them anew.
COPY pom.xml ./
RUN mvn -q -B -Dmaven.test.skip=true package
COPY src/main src/main
COPY manifests/models manifests/models
RUN mvn -q -B -Dmaven.test.skip=true package
# Empty, to become a folder that the user below owns.
RUN mkdir data

# The newest Java with long-term support, without compiler. Alpine is the smallest that Temurin is
# built for, its busybox has the wget that the health check needs, and sqlite-jdbc, the one library
# with native code, brings a build for its C library.
FROM eclipse-temurin:25.0.4_7-jre-alpine-3.24 AS prepared
WORKDIR /opt
COPY leadgauge leadgauge/
COPY src/main/docker/health leadgauge/
COPY --from=build /src/target/lib leadgauge/lib/
COPY --from=build /src/target/leadgauge.jar leadgauge/
# What makes starts quick fits this very Java and these very files. A builder that only emulates the
# processor may be unable to; then starts are as long as without.
RUN leadgauge/leadgauge prepare || true

FROM eclipse-temurin:25.0.4_7-jre-alpine-3.24
COPY --from=prepared /opt/leadgauge /opt/leadgauge/
COPY manifests /manifests/
COPY --from=build --chown=10001:10001 /src/data /data/

# Here "manifests" and "data", where Leadgauge looks unless told otherwise, are the volumes.
WORKDIR /
VOLUME ["/data", "/manifests"]
# By number, which needs no entry in /etc/passwd and lets Kubernetes see that it is not root.
USER 10001:10001

# The container is there for this process alone; what is not heap (Netty's and SQLite's buffers,
# code, threads) needs the rest.
ENV LEADGAUGE_JAVA_OPTS="-XX:MaxRAMPercentage=60"

# Webhooks, and the admin port: it listens on the container's loopback until --admin-host and a
# token say otherwise. The health check below asks where LEADGAUGE_ADMIN_HOST says.
EXPOSE 8080 8081

# Live, not ready: a full disk or a missing secret is not cured by a restart. Every 10 s, three
# times: a hung process is found within about half a minute, before the CRM has begun its second
# round of attempts (a minute and more), at the price of one request to loopback. While it starts,
# it is asked every second, so that what waits for it goes on at once.
HEALTHCHECK --interval=10s --timeout=3s --retries=3 --start-period=60s --start-interval=1s \
  CMD ["/opt/leadgauge/health", "live"]

# The launcher hands its process over to java, which thus gets the signal: it stops taking
# deliveries, finishes what it acknowledged and ends.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/leadgauge/leadgauge"]
CMD ["serve"]
