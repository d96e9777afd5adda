package dev.odometer.conformance;

import static dev.odometer.conformance.ContainerFiles.find;
import static dev.odometer.conformance.ContainerFiles.list;
import static dev.odometer.conformance.ContainerFiles.map;
import static dev.odometer.conformance.ContainerFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.conformance.Manifests.Container;
import dev.odometer.conformance.Manifests.Document;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The files for the API without Kafka: the composition, the base of kustomize and the unit of systemd. */
@NullUnmarked // trees of YAML: a missing key fails the test
class SingleServiceFilesTest {

    private static final String BASE = "deploy/kubernetes/base/";
    private static final Manifests MANIFESTS = manifests();
    private static final Document DEPLOYMENT = MANIFESTS.only("deployment.yaml", "odometer-api");

    private static Manifests manifests() {
        Map<String, Object> base = new Yaml().load(read(BASE + "kustomization.yaml"));
        var files = new TreeMap<String, String>();
        list(base.get("resources")).forEach(file -> files.put(file, read(BASE + file)));
        return new Manifests(files);
    }

    private static Map<String, Object> compose(String service) {
        Map<String, Map<String, Object>> file = new Yaml().load(read("deploy/docker/compose.yaml"));
        return map(file.get("services").get(service));
    }

    private static List<Container> containers(String key) {
        return ((List<?>) DEPLOYMENT.at("spec", "template", "spec").get(key))
                .stream().map(container -> new Container(map(container))).toList();
    }

    @Test
    void theBaseHasADeploymentAServiceAndABudget() {
        assertThat(MANIFESTS.documents())
                .extracting(Document::kind)
                .containsExactlyInAnyOrder("Deployment", "Service", "PodDisruptionBudget");
        assertThat(MANIFESTS.documents()).allMatch(document -> document.name().equals("odometer-api"));
    }

    @Test
    void serviceAndBudgetSelectThePods() {
        Map<String, Object> labels = DEPLOYMENT.at("spec", "template", "metadata", "labels");

        assertThat(labels).isNotEmpty().isEqualTo(DEPLOYMENT.at("spec", "selector", "matchLabels"));
        assertThat(MANIFESTS.only("service.yaml", "odometer-api").at("spec", "selector"))
                .isEqualTo(labels);
        assertThat(MANIFESTS.only("disruptions.yaml", "odometer-api").at("spec", "selector", "matchLabels"))
                .isEqualTo(labels);
    }

    /** The environment of that service is compared with what the application reads. */
    @Test
    void allVariablesAreThoseOfTheComposedSystem() {
        Map<String, String> read = ContainerFiles.environment("api", "api");

        assertThat(map(compose("api").get("environment")).keySet())
                .hasSizeGreaterThan(3)
                .isSubsetOf(read.keySet());
        assertThat(containers("containers").get(0).environment().keySet())
                .hasSizeGreaterThan(3)
                .isSubsetOf(read.keySet());
        assertThat(containers("initContainers").get(0).environment().keySet())
                .hasSizeGreaterThan(2)
                .isSubsetOf(read.keySet());
    }

    @Test
    void theBaseMigratesBeforeItServes() {
        Container migrate = containers("initContainers").get(0);

        assertThat(migrate.tree()).containsEntry("args", List.of("migrate"));
        assertThat(migrate.tree().get("image"))
                .isEqualTo(containers("containers").get(0).tree().get("image"))
                .isEqualTo(compose("api").get("image"))
                .isEqualTo(ContainerFiles.services().get("api").get("image"));
        assertThat(containers("containers").get(0).environment()).containsEntry("ODOMETER_DATABASE_MIGRATE", "false");
    }

    @Test
    void containersHaveNoPrivilegesAndLimits() {
        assertThat(List.of("initContainers", "containers")).allSatisfy(kind -> {
            Map<String, Object> container = containers(kind).get(0).tree();
            assertThat(map(container.get("securityContext")))
                    .containsEntry("allowPrivilegeEscalation", false)
                    .containsEntry("readOnlyRootFilesystem", true)
                    .containsEntry("runAsNonRoot", true)
                    .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
            assertThat(map(map(container.get("resources")).get("limits"))).containsOnlyKeys("cpu", "memory");
        });
        assertThat(compose("api")).containsEntry("read_only", true).containsEntry("cap_drop", List.of("ALL"));
    }

    @Test
    void secretsArePassedIn() {
        assertThat(find(
                                "(?m)(?:PASSWORD|KEYS|SECRET)\\w*: (?!\\$\\{\\w+:(?:\\?|-}))",
                                read("deploy/docker/compose.yaml"))
                        .count())
                .isZero();
        assertThat(containers("containers").get(0).environment())
                .containsEntry("ODOMETER_API_KEYS", "")
                .containsEntry("ODOMETER_DATABASE_PASSWORD", "");
        assertThat(list(compose("api").get("ports"))).containsExactly("127.0.0.1:8888:8888");
    }

    @Test
    void thePostgresqlIsTheSameAsInTheComposedSystem() {
        assertThat(compose("postgres").get("image"))
                .isEqualTo(ContainerFiles.services().get("postgres").get("image"));
    }

    @Test
    void theUnitKeepsItsDataWhereItMayWrite() {
        String unit = read("deploy/systemd/odometer.service");

        assertThat(unit)
                .contains("Environment=ODOMETER_DATA_DIR=/var/lib/odometer\n", "StateDirectory=odometer\n")
                .contains("ProtectSystem=strict\n", "-XX:+ExitOnOutOfMemoryError", "\nSuccessExitStatus=143\n");
        assertThat(read("deploy/systemd/odometer.conf")).contains("u odometer ");
    }
}
