package dev.odometer.conformance;

import static dev.odometer.conformance.ContainerFiles.list;
import static dev.odometer.conformance.ContainerFiles.map;
import static dev.odometer.conformance.ContainerFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.batch.Outcome;
import dev.odometer.local.http.Odometer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/** The alerts and the dashboard use only metrics and labels that the processes export. */
@NullUnmarked // trees of YAML: a missing key fails the test
class MonitoringFilesIT {

    private static final String FOLDER = "deploy/monitoring/";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String WORKER = "dev.odometer.kafka.worker.";

    /** The labels that Prometheus adds, and that of the bounds of a histogram. */
    private static final Set<String> ADDED = Set.of("job", "instance", "le");

    private static final Set<String> METRICS = new TreeSet<>(Set.of("up"));
    private static final Set<String> LABELS = new TreeSet<>(ADDED);

    @BeforeAll
    static void collect() throws Exception {
        send(
                HttpRequest.newBuilder(local("/api/v1/events"))
                        .header("Content-Type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        "[{\"specversion\":\"1.0\",\"id\":\"m-1\",\"source\":\"monitoring\",\"type\":\"none\",\"subject\":\"s\"}]")));
        export(send(HttpRequest.newBuilder(local("/prometheus"))));
        var intake = Odometer.application();
        try (var context = intake.run(
                "--server.port=0",
                "--odometer.ingest=kafka",
                "--odometer.kafka.bootstrap-servers=127.0.0.1:1",
                "--odometer.database.migrate=false",
                "--odometer.database.url=jdbc:postgresql://127.0.0.1:1/none")) {
            String port = context.getEnvironment().getRequiredProperty("local.server.port");
            export(send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/prometheus"))));
        }
        export(worker());
    }

    private static URI local(String path) {
        return URI.create("http://127.0.0.1:" + LocalServer.port() + path);
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        var reply = CLIENT.send(request.build(), BodyHandlers.ofString());
        assertThat(reply.statusCode()).as(reply.body()).isBetween(200, 299);
        return reply.body();
    }

    /** The metrics of a worker, which needs a broker to run: those of its meters and of a Kafka consumer. */
    private static String worker() throws Exception {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Object meters = constructor("WorkerMeters", MeterRegistry.class).newInstance(registry);
        Object outcomes = constructor("RecordOutcomes", List.class, List.class, int.class, long.class)
                .newInstance(List.of(), List.of(Outcome.OK), 1, 0L);
        method(meters, "batch", String.class, int.class, Runnable.class)
                .invoke(meters, "usage", 1, (Runnable) () -> {});
        method(meters, "outcomes", String.class, outcomes.getClass()).invoke(meters, "usage", outcomes);
        Map<String, Object> settings = Map.of("bootstrap.servers", "127.0.0.1:1", "group.id", "monitoring");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var metrics = new KafkaClientMetrics(consumer)) {
            metrics.bindTo(registry);
            return registry.scrape();
        }
    }

    private static Constructor<?> constructor(String type, Class<?>... parameters) throws Exception {
        Constructor<?> constructor = Class.forName(WORKER + type).getDeclaredConstructor(parameters);
        constructor.setAccessible(true);
        return constructor;
    }

    private static Method method(Object object, String name, Class<?>... parameters) throws Exception {
        Method method = object.getClass().getDeclaredMethod(name, parameters);
        method.setAccessible(true);
        return method;
    }

    private static void export(String text) {
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            METRICS.add(line.split("[{ ]", 2)[0]);
            ContainerFiles.find("[{,](\\w+)=\"", line).forEach(label -> LABELS.add(label.group(1)));
        });
    }

    /** The metrics and labels of an expression that are not exported. */
    private static List<String> unknown(String expression) {
        var unknown = new ArrayList<String>();
        ContainerFiles.find("[{,]\\s*(\\w+)\\s*(?:=~|!~|!=|=)", expression)
                .forEach(label -> add(label.group(1), LABELS, unknown));
        ContainerFiles.find("by \\(([^)]*)\\)", expression)
                .forEach(labels ->
                        List.of(labels.group(1).split("[,\\s]+")).forEach(label -> add(label, LABELS, unknown)));
        String rest = expression.replaceAll("\\{[^}]*}|\\[[^\\]]*]|by \\([^)]*\\)", " ");
        ContainerFiles.find("[a-zA-Z_]\\w*(?!\\w*\\s*\\()", rest)
                .map(word -> word.group())
                .filter(word -> !Set.of("sum", "max", "and", "or", "unless").contains(word))
                .forEach(metric -> add(metric, METRICS, unknown));
        return unknown;
    }

    private static void add(String name, Set<String> known, List<String> unknown) {
        if (!known.contains(name)) {
            unknown.add(name);
        }
    }

    private static List<String> alerts() {
        Map<String, Object> file = new Yaml().load(read(FOLDER + "alerts.yml"));
        return ((List<?>) file.get("groups"))
                .stream()
                        .flatMap(group -> ((List<?>) map(group).get("rules")).stream())
                        .map(rule -> (String) map(rule).get("expr"))
                        .toList();
    }

    private static List<String> panels() {
        var expressions = new ArrayList<String>();
        for (JsonNode panel :
                Case.JSON.readTree(read(FOLDER + "dashboard.json")).required("panels")) {
            panel.required("targets")
                    .forEach(target -> expressions.add(target.required("expr").asString()));
        }
        return expressions;
    }

    @Test
    void alertsUseExportedMetrics() {
        assertThat(alerts())
                .hasSize(12)
                .allSatisfy(alert -> assertThat(unknown(alert)).as(alert).isEmpty());
    }

    @Test
    void theDashboardUsesExportedMetrics() {
        assertThat(panels())
                .hasSizeGreaterThan(20)
                .allSatisfy(panel -> assertThat(unknown(panel)).as(panel).isEmpty());
    }

    @Test
    void findsAMetricAndALabelThatAreNotExported() {
        assertThat(unknown("sum by (le, zone) (rate(http_server_seconds_bucket{city=\"200\"}[5m])) > 1"))
                .containsExactlyInAnyOrder("city", "zone", "http_server_seconds_bucket");
    }

    @Test
    void prometheusScrapesTheDocumentedPaths() {
        Map<String, Object> file = new Yaml().load(read(FOLDER + "prometheus.yml"));
        Set<String> paths = ((List<?>) file.get("scrape_configs"))
                .stream().map(job -> (String) map(job).get("metrics_path")).collect(Collectors.toSet());

        assertThat(paths).containsExactly("/prometheus");
        assertThat(list(file.get("rule_files"))).containsExactly("alerts.yml");
    }
}
