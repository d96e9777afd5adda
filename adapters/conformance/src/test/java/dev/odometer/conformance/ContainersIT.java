package dev.odometer.conformance;

import static dev.odometer.conformance.ContainerFiles.environment;
import static dev.odometer.conformance.ContainerFiles.find;
import static dev.odometer.conformance.ContainerFiles.map;
import static dev.odometer.conformance.ContainerFiles.read;
import static dev.odometer.conformance.ContainerFiles.services;
import static dev.odometer.conformance.ContainerFiles.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.local.http.Odometer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The Dockerfile and the composition refer only to existing things, and expose no secret. */
@NullUnmarked // trees of YAML: a missing key fails the test
class ContainersIT {

    private static Map<String, Object> service(String name) {
        return services().get(name);
    }

    @ParameterizedTest
    @CsvSource({"api-layers, adapters/platforms/local-http", "worker-layers, adapters/platforms/kafka-worker"})
    void theJarIsTheOneOfTheModule(String stage, String module) {
        String artifact = find("</parent>\\s*<artifactId>([^<]+)<", read(module + "/pom.xml"))
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        String version = find("<artifactId>odometer</artifactId>\\s*<version>([^<]+)<", read("pom.xml"))
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();

        assertThat(stage(stage))
                .contains("COPY --from=build /source/" + module + "/target/" + artifact + "-" + version + "-app.jar ");
        assertThat(read("pom.xml")).contains("<module>" + module + "</module>");
        assertThat(stage("build")).contains(module);
    }

    @ParameterizedTest
    @CsvSource({"api, 8888", "worker, 8889"})
    void aStageListensAtTheConfiguredPort(String stage, String port) {
        assertThat(stage(stage))
                .containsPattern("(?m)^ENV .*PORT=" + port + "$")
                .containsPattern("(?m)^EXPOSE " + port + "$")
                .contains("CMD [\"/app/health\", \"" + port + "\"]")
                .contains("USER 10001:10001");
    }

    @Test
    void everyImageHasAVersion() {
        var images = new TreeSet<>(ContainerFiles.stages().values());
        images.removeAll(ContainerFiles.stages().keySet());
        services().values().forEach(service -> images.add(String.valueOf(service.get("image"))));

        assertThat(images).isNotEmpty().allSatisfy(image -> assertThat(image).matches("[a-z/-]+:[0-9][^:]*"));
    }

    @Test
    void everyServiceThatIsBuiltIsAStage() {
        assertThat(services().values().stream()
                        .filter(service -> service.containsKey("build"))
                        .map(service -> String.valueOf(map(service.get("build")).get("target"))))
                .containsOnly("api", "worker")
                .allMatch(ContainerFiles.stages()::containsKey);
    }

    @Test
    void onlyTheApiIsPublishedOnLoopback() {
        assertThat(services().entrySet().stream()
                        .filter(service -> service.getValue().containsKey("ports"))
                        .map(Map.Entry::getKey))
                .containsExactly("api");
        assertThat(ContainerFiles.list(service("api").get("ports"))).containsExactly("127.0.0.1:8888:8888");
    }

    @Test
    void workersCanBeScaled() {
        assertThat(service("worker")).doesNotContainKeys("container_name", "ports", "hostname");
    }

    @Test
    void everyServiceHasLimits() {
        assertThat(services().values())
                .allSatisfy(service -> assertThat(map(
                                map(map(service.get("deploy")).get("resources")).get("limits")))
                        .containsOnlyKeys("cpus", "memory"));
    }

    @Test
    void containersWriteToMemoryOnly() {
        assertThat(List.of("api", "worker", "topics", "migrate"))
                .allSatisfy(name -> assertThat(service(name)).containsEntry("read_only", true));
    }

    @Test
    void everySecretIsPassedIn() {
        Set<String> wanted = find("\\$\\{(\\w+):\\?", read("docker-compose.yml"))
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> offered = find("(?m)^(\\w+)=$", read(".env.example"))
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(wanted).isEqualTo(offered).containsExactly("ODOMETER_API_KEYS", "POSTGRES_PASSWORD");
        assertThat(find("(?m)(?:PASSWORD|KEYS|SECRET)\\w*: (?!\\$\\{\\w+:(?:\\?|-}))(.*)$", read("docker-compose.yml"))
                        .map(MatchResult::group))
                .isEmpty();
    }

    @Test
    void theApiReadsEveryVariableOfItsEnvironment() {
        Map<String, String> given = environment("api", "api");
        given.replace("ODOMETER_API_KEYS", "0".repeat(64));
        given.replace("ODOMETER_PORTAL_TOKEN_SECRET", Case.PORTAL_SECRET);
        given.replace("ODOMETER_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        given.replace("ODOMETER_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none");
        given.replace("SERVER_ADDRESS", "127.0.0.1");
        given.replace("PORT", "0");
        var read = new TreeSet<String>();
        var variables = new TreeMap<String, Object>();
        given.forEach((name, value) -> variables.put(name, new ReadRecording(name, value, read)));
        var environment = new StandardEnvironment();
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        environment
                .getPropertySources()
                .addLast(new SystemEnvironmentPropertySource("container-systemEnvironment", variables));
        var application = Odometer.application();
        application.setEnvironment(environment);

        application.run().close();

        assertThat(read).containsExactlyInAnyOrderElementsOf(given.keySet());
    }

    /** The value of a variable that records whether it was read. */
    private record ReadRecording(String name, String value, Set<String> read) implements CharSequence {

        @Override
        public String toString() {
            read.add(name);
            return value;
        }

        @Override
        public int length() {
            return toString().length();
        }

        @Override
        public char charAt(int index) {
            return toString().charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return toString().subSequence(start, end);
        }
    }
}
