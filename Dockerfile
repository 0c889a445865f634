# One image for every process of Sidestream (ingest, train, index, gateway) and for the command line.
# Builds with the classic builder and with BuildKit alike.
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-17
ARG RUN_IMAGE=eclipse-temurin:17-jre

FROM ${BUILD_IMAGE} AS build
# Further options of Maven, such as -s with a settings file that lies in the build context.
ARG MAVEN_OPTIONS=
WORKDIR /src
COPY . .
RUN mvn -q -B -DskipTests -Dspotless.check.skip=true ${MAVEN_OPTIONS} -pl cli -am package
RUN java docker/SlimJars.java cli/target/lib \
 && mkdir -p /image/bin \
 && cp -r cli/target/sidestream.jar cli/target/lib cli/target/jobs LICENSE NOTICE /image/ \
 && install -m 755 docker/sidestream docker/healthcheck /image/bin/

FROM ${RUN_IMAGE}
RUN groupadd --gid 10001 sidestream \
 && useradd --uid 10001 --gid 10001 --no-log-init --no-create-home --home-dir /var/lib/sidestream sidestream \
 && install -d -o 10001 -g 10001 -m 755 /var/lib/sidestream /var/lib/sidestream/bundles \
 && install -d -o 10001 -g 10001 -m 2775 /var/lib/sidestream/flink
COPY --from=build /image /opt/sidestream
# Without the first, ONNX Runtime reports its use; PyTorch's threads spin without the second; fewer arenas keep less memory
# back; DJL unpacks its natives into the state directory, the only place beside /tmp that is written.
ENV ORT_DISABLE_TELEMETRY=1 \
    OMP_WAIT_POLICY=passive \
    MALLOC_ARENA_MAX=2 \
    DJL_CACHE_DIR=/var/lib/sidestream/natives \
    LANG=C.UTF-8 \
    PATH=/opt/sidestream/bin:/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
# Keeps the classes of a command as this Java maps them into memory, so that commands start in less CPU time: one that ends by itself,
# since nothing answers at that port. Without the file all starts as well, only later.
RUN SIDESTREAM_BROKER_TIMEOUT=1s SIDESTREAM_JAVA_OPTS="-Xlog:disable -XX:ArchiveClassesAtExit=/opt/sidestream/classes.jsa" \
    sidestream search start --bootstrap-servers 127.0.0.1:1 >/dev/null 2>&1 || true
USER 10001:10001
WORKDIR /var/lib/sidestream
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=15s --start-period=60s --retries=6 CMD ["/opt/sidestream/bin/healthcheck"]
ENTRYPOINT ["/opt/sidestream/bin/sidestream"]
CMD ["--help"]
