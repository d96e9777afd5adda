package dev.odometer.conformance;

import static dev.odometer.conformance.ContainerFiles.map;
import static dev.odometer.conformance.ContainerFiles.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import org.yaml.snakeyaml.Yaml;

/**
 * The manifests and scripts below {@code deploy/google-cloud} and {@code deploy/kubernetes}, as text by their names.
 */
@NullUnmarked // trees of YAML: a missing key fails the test
record Manifests(Map<String, String> files) {

    static final String API = "google-cloud/api.yaml";
    static final String EVENTS = "google-cloud/events.yaml";
    static final String FILES = "google-cloud/files.yaml";
    static final String SCRIPT = "google-cloud/deploy.sh";
    static final String FUNCTIONS = "google-cloud/functions.sh";
    static final String KNATIVE = "kubernetes/knative.yaml";
    static final String WORKER = "kubernetes/worker.yaml";
    static final String SCHEDULES = "kubernetes/schedules.yaml";

    /** A YAML document of a file. */
    record Document(String file, Map<String, Object> tree) {

        String kind() {
            return (String) tree.get("kind");
        }

        String name() {
            return (String) map(tree.get("metadata")).get("name");
        }

        /** The map at a path of keys; empty if there is none. */
        Map<String, Object> at(String... keys) {
            Map<String, Object> place = tree;
            for (String key : keys) {
                place = map(place.getOrDefault(key, Map.of()));
            }
            return place;
        }

        /** The containers of the document. */
        Container container() {
            return new Container(map(((List<?>) at("spec", "template", "spec").get("containers")).get(0)));
        }
    }

    /** A container with its image and environment. */
    record Container(Map<String, Object> tree) {

        /** The values of variables; empty for those from a secret. */
        Map<String, String> environment() {
            var environment = new TreeMap<String, String>();
            ((List<?>) tree.get("env"))
                    .forEach(variable -> environment.put(
                            (String) map(variable).get("name"),
                            String.valueOf(map(variable).getOrDefault("value", ""))));
            return environment;
        }
    }

    static Manifests ofTheRepository() {
        var files = new TreeMap<String, String>();
        Stream.of(API, EVENTS, FILES, SCRIPT, FUNCTIONS, KNATIVE, WORKER, SCHEDULES)
                .forEach(file -> files.put(file, read("deploy/" + file)));
        return new Manifests(files);
    }

    Manifests altered(String file, String was, String is) {
        var altered = new TreeMap<>(files);
        altered.computeIfPresent(file, (name, text) -> text.replace(was, is));
        return new Manifests(altered);
    }

    List<Document> documents() {
        var documents = new ArrayList<Document>();
        files.forEach((file, text) -> {
            if (file.endsWith(".yaml")) {
                StreamSupport.stream(new Yaml().loadAll(text).spliterator(), false)
                        .forEach(tree -> documents.add(new Document(file, map(tree))));
            }
        });
        return documents;
    }

    List<Document> of(String... kinds) {
        return documents().stream()
                .filter(document -> List.of(kinds).contains(document.kind()))
                .toList();
    }

    Document only(String file, String name) {
        return documents().stream()
                .filter(document ->
                        document.file().equals(file) && document.name().equals(name))
                .filter(document -> document.tree().containsKey("spec"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + file));
    }
}
