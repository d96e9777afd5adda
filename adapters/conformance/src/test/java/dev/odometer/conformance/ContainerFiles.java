package dev.odometer.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.yaml.snakeyaml.Yaml;

/** The files for containers, read as text and as YAML. */
@NullUnmarked // trees of YAML: a missing key fails the test
final class ContainerFiles {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern STAGE = Pattern.compile("(?ms)^FROM (\\S+) AS (\\S+)$(.*?)(?=^FROM |\\z)");
    private static final Pattern ENV = Pattern.compile("(?m)^ENV (.*)$");

    private ContainerFiles() {}

    static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** The lines of a stage of the Dockerfile. */
    static String stage(String name) {
        return STAGE.matcher(read("Dockerfile"))
                .results()
                .filter(stage -> stage.group(2).equals(name))
                .map(stage -> stage.group(3))
                .findFirst()
                .orElseThrow();
    }

    /** The base of each stage: an image or another stage. */
    static Map<String, String> stages() {
        var stages = new HashMap<String, String>();
        STAGE.matcher(read("Dockerfile")).results().forEach(stage -> stages.put(stage.group(2), stage.group(1)));
        return stages;
    }

    static Stream<MatchResult> find(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results();
    }

    static Map<String, Map<String, Object>> services() {
        Map<String, Map<String, Map<String, Object>>> file = new Yaml().load(read("docker-compose.yml"));
        return file.get("services");
    }

    /** The environment of a service's process: from its image, overridden by the composition. */
    static Map<String, String> environment(String service, String stage) {
        var environment = new TreeMap<String, String>();
        Matcher lines = ENV.matcher(stage(stage));
        while (lines.find()) {
            for (String pair : lines.group(1).split(" ")) {
                environment.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        map(services().get(service).get("environment")).forEach((name, value) -> environment.put(name, value + ""));
        return environment;
    }

    @SuppressWarnings("unchecked") // another type fails the test
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked") // another type fails the test
    static List<String> list(Object value) {
        return (List<String>) value;
    }
}
