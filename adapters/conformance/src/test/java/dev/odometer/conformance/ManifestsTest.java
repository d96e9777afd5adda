package dev.odometer.conformance;

import static dev.odometer.conformance.ContainerFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.schedule.Schedule;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests for Google Cloud and Kubernetes match the tables, and expose nothing by mistake. */
class ManifestsTest {

    private static final Manifests MANIFESTS = Manifests.ofTheRepository();
    private static final ManifestRules RULES = rules();

    /** A line that a finding asks to add, with its file and place. */
    private static final Pattern LINE = Pattern.compile("(?m)^  add to deploy/(\\S+), ([^:]+): (.+)$");

    private static ManifestRules rules() {
        var wiring = Wiring.ofAllFunctions();
        return new ManifestRules(wiring.functions().keySet(), wiring.bindings(), wiring.schedules());
    }

    @Test
    void matchTheTables() {
        assertThat(RULES.bindings()).isNotEmpty();
        assertThat(RULES.functions()).isNotEmpty();
        assertThat(RULES.schedules()).isNotEmpty();
        assertThat(MANIFESTS.documents()).hasSize(17);
        assertThat(RULES.findings(MANIFESTS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        google-cloud/api.yaml     | ODOMETER_API_KEYS            | ODOMETER_KEYS                | unused variable ODOMETER_KEYS
        google-cloud/api.yaml     | ODOMETER_API_KEYS            | ODOMETER_PUSH                | requests need no API key
        google-cloud/api.yaml     | value: "off"                 | value: "open"                | pushes are public
        google-cloud/api.yaml     | cloud:0.1.0                  | cloud:latest                 | image without a version
        google-cloud/events.yaml  | ingress: internal            | ingress: all                 | pushes are public
        google-cloud/events.yaml  | value: recordUsage           | value: countUsage            | unknown function countUsage
        google-cloud/events.yaml  | value: recordUsage           | value: queryUsage            | instead of [
        google-cloud/events.yaml  | valueFrom: {secretKeyRef: {name: odometer-database-password, key: latest}} | value: secret | contains the secret ODOMETER_DATABASE_PASSWORD
        google-cloud/events.yaml  | memory: 512Mi                | storage: 1Gi                 | without limits
        google-cloud/deploy.sh    | $events/channels/usage       | $events/channels/use         | subscription has [/channels/use]
        google-cloud/deploy.sh    | $files/channels/files        | $files/                      | subscription has [/]
        google-cloud/files.yaml   | value: importUsageFile       | value: recordUsage           | instead of [importUsageFile]
        google-cloud/deploy.sh    | odometer-api --region        | odometer-events --region     | callable without authentication
        google-cloud/functions.sh | --no-allow-unauthenticated   | --allow-unauthenticated      | callable without authentication
        google-cloud/functions.sh | --trigger-topic usage --retry | --trigger-topic usage       | drops events
        kubernetes/knative.yaml   | uri: /channels/usage         | uri: /                       | trigger has [/]
        kubernetes/knative.yaml   | cluster-local                | public                       | pushes are public
        kubernetes/knative.yaml   | runAsNonRoot: true           | runAsNonRoot: false          | has too many privileges
        kubernetes/knative.yaml   | readOnlyRootFilesystem: true | readOnlyRootFilesystem: false | has too many privileges
        google-cloud/deploy.sh    | schedule runExports          | schedule runExport           | scheduler has [
        google-cloud/deploy.sh    | "0 2 * * *"                  | "0 3 * * *"                  | scheduler has [
        google-cloud/events.yaml  | ;applyRetention              | ;applyretention              | unknown function applyretention
        kubernetes/schedules.yaml | /schedules/requestExports    | /schedules/runExports        | sources has [
        kubernetes/schedules.yaml | "30 3 * * *"                 | "0 3 * * *"                  | sources has [
        kubernetes/schedules.yaml | timezone: UTC                | zone: UTC                    | has no time zone
        kubernetes/worker.yaml    | topic: usage                 | topic: use                   | scaling has [use]
        kubernetes/worker.yaml    | name: ODOMETER_KAFKA_GROUP   | name: ODOMETER_FILES_STORE   | scaling has [usage] instead of
        kubernetes/worker.yaml    | consumerGroup: odometer      | consumerGroup: other         | lag of another group
        kubernetes/worker.yaml    | maxReplicaCount: 6           | fallback: {}                 | number of workers
        kubernetes/worker.yaml    | worker:0.1.0                 | worker                       | image without a version
        kubernetes/worker.yaml    | allowPrivilegeEscalation: false | privileged: true          | has too many privileges
        """)
    void findEachDeviation(String file, String was, String is, String finding) {
        Manifests altered = MANIFESTS.altered(file, was, is);

        assertThat(altered).isNotEqualTo(MANIFESTS);
        assertThat(RULES.findings(altered)).anyMatch(found -> found.contains(finding));
    }

    @Test
    void findABindingThatIsNotDeployed() {
        var rules = new ManifestRules(
                RULES.functions(), and(RULES.bindings(), Binding.events("scans", "getMeter")), RULES.schedules());

        List<String> findings = rules.findings(MANIFESTS);

        assertThat(findings).hasSize(5);
        assertThat(String.join("\n", findings)).contains("""
                  add to deploy/google-cloud/deploy.sh, at its end: there pubsub topics describe scans || \
                gcloud pubsub topics create scans; there pubsub subscriptions describe scans || \
                gcloud pubsub subscriptions create scans --topic scans --push-endpoint "$events/channels/scans" \
                --push-auth-service-account "$account" --ack-deadline 300
                """, """
                  add to deploy/kubernetes/knative.yaml, a document: {apiVersion: eventing.knative.dev/v1, \
                kind: Trigger, metadata: {name: odometer-scans}, spec: {broker: default, subscriber: {\
                ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: odometer-events}, uri: /channels/scans}}}
                """, """
                  add to deploy/google-cloud/events.yaml, SPRING_CLOUD_FUNCTION_DEFINITION: ;getMeter
                """, """
                  add to deploy/kubernetes/knative.yaml, SPRING_CLOUD_FUNCTION_DEFINITION: ;getMeter
                """, """
                  add to deploy/kubernetes/worker.yaml, triggers: - {type: kafka, metadata: {\
                bootstrapServers: kafka-bootstrap.kafka:9092, consumerGroup: odometer, topic: scans, \
                lagThreshold: "10000"}}""");
        assertThat(rules.findings(completed(findings))).isEmpty();
    }

    @Test
    void findABindingOfFilesThatIsNotDeployed() {
        var rules = new ManifestRules(
                RULES.functions(), and(RULES.bindings(), Binding.files("scans", "getMeter")), RULES.schedules());

        List<String> findings = rules.findings(MANIFESTS);

        assertThat(String.join("\n", findings))
                .contains(
                        "--push-endpoint \"$files/channels/scans\"",
                        "add to deploy/google-cloud/files.yaml, SPRING_CLOUD_FUNCTION_DEFINITION: ;getMeter");
        assertThat(rules.findings(completed(findings))).isEmpty();
    }

    @Test
    void findAScheduleThatIsNotDeployed() {
        var nightly = new Schedule("nightly", "0 3 * * *", ZoneOffset.UTC, "runExports");
        var rules = new ManifestRules(RULES.functions(), RULES.bindings(), and(RULES.schedules(), nightly));

        List<String> findings = rules.findings(MANIFESTS);

        assertThat(findings).hasSize(2);
        assertThat(String.join("\n", findings)).contains("""
                  add to deploy/google-cloud/deploy.sh, at its end: schedule nightly "0 3 * * *" UTC
                """, """
                  add to deploy/kubernetes/schedules.yaml, a document: {apiVersion: sources.knative.dev/v1, \
                kind: PingSource, metadata: {name: odometer-nightly}, spec: {schedule: "0 3 * * *", timezone: UTC, \
                sink: {ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: odometer-events}, \
                uri: /schedules/nightly}}}""");
        assertThat(rules.findings(completed(findings))).isEmpty();
    }

    private static <T> List<T> and(List<T> rows, T more) {
        return Stream.concat(rows.stream(), Stream.of(more)).toList();
    }

    /** The manifests with every line that the findings ask for. */
    private static Manifests completed(List<String> findings) {
        var files = new TreeMap<>(MANIFESTS.files());
        LINE.matcher(String.join("\n", findings)).results().forEach(line -> {
            String added = Matcher.quoteReplacement(line.group(3));
            files.computeIfPresent(line.group(1), (file, text) -> switch (line.group(2)) {
                case "at its end" -> text + line.group(3) + "\n";
                case "a document" -> text + "---\n" + line.group(3) + "\n";
                case "triggers" -> text.replaceFirst("( *)triggers:\n", "$0$1  " + added + "\n");
                default -> text.replaceFirst("FUNCTION_DEFINITION\n +value: .*", "$0" + added);
            });
        });
        return new Manifests(files);
    }

    @ParameterizedTest
    @ValueSource(strings = {Manifests.SCRIPT, Manifests.FUNCTIONS})
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void scriptsHaveValidSyntax(String file) throws IOException, InterruptedException {
        Process check = new ProcessBuilder("bash", "-n", "../../deploy/" + file)
                .inheritIO()
                .start();

        assertThat(check.waitFor()).isZero();
    }

    /** The script replaces placeholders wherever they occur. */
    @Test
    void placeholdersOccurInNoName() {
        List<String> placeholders = ContainerFiles.find("s[/|]([A-Z_]+)[/|]", read("deploy/" + Manifests.SCRIPT))
                .map(found -> found.group(1))
                .toList();
        String services = read("deploy/" + Manifests.API) + read("deploy/" + Manifests.EVENTS);

        assertThat(placeholders).hasSizeGreaterThan(5);
        assertThat(placeholders).allMatch(services::contains);
        assertThat(services.lines().filter(line -> line.contains("- name: ")))
                .noneMatch(line -> placeholders.stream().anyMatch(line::contains));
    }

    /** Scripts can be run again: they check for a resource before they create it. */
    @Test
    void scriptsCreateNothingTwice() {
        String script = read("deploy/" + Manifests.SCRIPT).replaceAll("\\\\\n\\s*", " ");

        assertThat(script.lines().filter(line -> line.contains(" create ")).toList())
                .isNotEmpty()
                .allMatch(line -> line.matches(".*\\|\\| gcloud.*")
                        || line.matches(".*subscriptions create (usage|files) --topic .*"));
    }

    @Test
    void theImageHasTheArtifactsOfTheAdapter() {
        String dockerfile = read("deploy/google-cloud/Dockerfile");

        assertThat(dockerfile)
                .contains("USER 10001:10001")
                .contains("--target\", \"dev.odometer.google.cloud.CloudFunction\"")
                .contains("COPY adapters/platforms/google-cloud/target/odometer-google-cloud/lib/ lib/")
                .containsPattern("(?m)^FROM [a-z-]+:[0-9]\\S* AS runtime$")
                .containsPattern("[0-9a-f]{64}  /invoker.jar\" \\| sha256sum --check --strict")
                // A downloaded file is readable only by root.
                .contains("chmod 644 /invoker.jar");
        assertThat(read("adapters/platforms/google-cloud/pom.xml"))
                .contains("<finalName>odometer-google-cloud</finalName>");
    }
}
