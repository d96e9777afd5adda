package dev.odometer.conformance;

import static dev.odometer.conformance.ContainerFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.route.Routes;
import dev.odometer.functions.schedule.Schedules;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** What is deployed on Google Cloud and Kubernetes is what there is, and is open to nobody by mistake. */
class ManifestsTest {

    private static final Manifests MANIFESTS = Manifests.ofTheRepository();
    private static final ManifestRules RULES = rules();

    private static ManifestRules rules() {
        try (ConfigurableApplicationContext context = InMemoryApp.start(InMemoryApp.EVERY_SCHEDULE)) {
            var bindings = context.getBeansOfType(Bindings.class).values().stream()
                    .flatMap(table -> table.rows().stream())
                    .toList();
            Set<String> functions = new TreeSet<>();
            bindings.forEach(binding -> functions.add(binding.function()));
            context.getBeansOfType(Routes.class)
                    .values()
                    .forEach(table -> table.rows().forEach(route -> functions.add(route.function())));
            var schedules = context.getBeansOfType(Schedules.class).values().stream()
                    .flatMap(table -> table.rows().stream())
                    .toList();
            schedules.forEach(schedule -> functions.add(schedule.function()));
            return new ManifestRules(functions, bindings, schedules);
        }
    }

    @Test
    void areAsTheyShouldBe() {
        assertThat(RULES.bindings()).isNotEmpty();
        assertThat(RULES.functions()).isNotEmpty();
        assertThat(RULES.schedules()).isNotEmpty();
        assertThat(MANIFESTS.documents()).hasSize(13);
        assertThat(RULES.findings(MANIFESTS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        google-cloud/api.yaml     | ODOMETER_API_KEYS            | ODOMETER_KEYS                | nobody reads ODOMETER_KEYS
        google-cloud/api.yaml     | ODOMETER_API_KEYS            | ODOMETER_PUSH                | everybody may ask
        google-cloud/api.yaml     | value: "off"                 | value: "open"                | everybody may push
        google-cloud/api.yaml     | cloud:0.1.0                  | cloud:latest                 | image without a version
        google-cloud/events.yaml  | ingress: internal            | ingress: all                 | everybody may push
        google-cloud/events.yaml  | value: recordUsage           | value: countUsage            | unknown function countUsage
        google-cloud/events.yaml  | value: recordUsage           | value: queryUsage            | instead of [
        google-cloud/events.yaml  | valueFrom: {secretKeyRef: {name: odometer-database-password, key: latest}} | value: secret | tells ODOMETER_DATABASE_PASSWORD
        google-cloud/events.yaml  | memory: 512Mi                | storage: 1Gi                 | without limits
        google-cloud/deploy.sh    | $events/channels/usage       | $events/channels/use         | subscription has [/channels/use]
        google-cloud/deploy.sh    | $files/channels/files        | $files/                      | subscription has [/]
        google-cloud/files.yaml   | value: importUsageFile       | value: recordUsage           | instead of [importUsageFile]
        google-cloud/deploy.sh    | odometer-api --region        | odometer-events --region     | everybody may call
        google-cloud/functions.sh | --no-allow-unauthenticated   | --allow-unauthenticated      | everybody may call
        google-cloud/functions.sh | --trigger-topic usage --retry | --trigger-topic usage       | would drop
        kubernetes/knative.yaml   | uri: /channels/usage         | uri: /                       | trigger has [/]
        kubernetes/knative.yaml   | cluster-local                | public                       | everybody may push
        kubernetes/knative.yaml   | runAsNonRoot: true           | runAsNonRoot: false          | may do too much
        kubernetes/knative.yaml   | readOnlyRootFilesystem: true | readOnlyRootFilesystem: false | may do too much
        google-cloud/deploy.sh    | schedule runExports          | schedule runExport           | scheduler has [
        google-cloud/deploy.sh    | "0 2 * * *"                  | "0 3 * * *"                  | scheduler has [
        google-cloud/events.yaml  | ;applyRetention              | ;applyretention              | unknown function applyretention
        kubernetes/schedules.yaml | /schedules/requestExports    | /schedules/runExports        | sources has [
        kubernetes/schedules.yaml | "30 3 * * *"                 | "0 3 * * *"                  | sources has [
        kubernetes/schedules.yaml | timezone: UTC                | zone: UTC                    | has no zone
        kubernetes/worker.yaml    | topic: usage                 | topic: use                   | scaling has [use]
        kubernetes/worker.yaml    | name: ODOMETER_KAFKA_GROUP   | name: ODOMETER_FILES_STORE   | scaling has [usage] instead of
        kubernetes/worker.yaml    | consumerGroup: odometer      | consumerGroup: other         | another group's lag
        kubernetes/worker.yaml    | maxReplicaCount: 6           | fallback: {}                 | how many workers
        kubernetes/worker.yaml    | worker:0.1.0                 | worker                       | image without a version
        kubernetes/worker.yaml    | allowPrivilegeEscalation: false | privileged: true          | may do too much
        """)
    void findWhatIsWrong(String file, String was, String is, String finding) {
        Manifests altered = MANIFESTS.altered(file, was, is);

        assertThat(altered).isNotEqualTo(MANIFESTS);
        assertThat(RULES.findings(altered)).anyMatch(found -> found.contains(finding));
    }

    @ParameterizedTest
    @ValueSource(strings = {Manifests.SCRIPT, Manifests.FUNCTIONS})
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void scriptsAreReadable(String file) throws IOException, InterruptedException {
        Process check = new ProcessBuilder("bash", "-n", "../../deploy/" + file)
                .inheritIO()
                .start();

        assertThat(check.waitFor()).isZero();
    }

    /** The script replaces them wherever they stand. */
    @Test
    void placeholdersAreNoPartOfNames() {
        List<String> placeholders = ContainerFiles.find("s[/|]([A-Z_]+)[/|]", read("deploy/" + Manifests.SCRIPT))
                .map(found -> found.group(1))
                .toList();
        String services = read("deploy/" + Manifests.API) + read("deploy/" + Manifests.EVENTS);

        assertThat(placeholders).hasSizeGreaterThan(5);
        assertThat(placeholders).allMatch(services::contains);
        assertThat(services.lines().filter(line -> line.contains("- name: ")))
                .noneMatch(line -> placeholders.stream().anyMatch(line::contains));
    }

    /** So that they can be run again: what can be made once only is looked for first. */
    @Test
    void scriptsMakeNothingTwice() {
        String script = read("deploy/" + Manifests.SCRIPT).replaceAll("\\\\\n\\s*", " ");

        assertThat(script.lines().filter(line -> line.contains(" create ")).toList())
                .isNotEmpty()
                .allMatch(line -> line.matches(".*\\|\\| gcloud.*")
                        || line.matches(".*subscriptions create (usage|files) --topic .*"));
    }

    @Test
    void theImageHasWhatTheAdapterMakes() {
        String dockerfile = read("deploy/google-cloud/Dockerfile");

        assertThat(dockerfile)
                .contains("USER 10001:10001")
                .contains("--target\", \"dev.odometer.google.cloud.OdometerFunction\"")
                .contains("COPY adapters/platforms/google-cloud/target/odometer-google-cloud/lib/ lib/")
                .containsPattern("(?m)^FROM [a-z-]+:[0-9]\\S*$")
                .contains("--checksum=sha256:");
        assertThat(read("adapters/platforms/google-cloud/pom.xml"))
                .contains("<finalName>odometer-google-cloud</finalName>");
    }
}
