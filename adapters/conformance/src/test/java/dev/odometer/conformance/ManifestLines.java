package dev.odometer.conformance;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The lines of a file below {@code deploy} that rows of the tables require.
 *
 * @param what the kind of resource that the lines define
 * @param place the file and the place in it
 * @param line the line for an item
 */
record ManifestLines(String what, String place, UnaryOperator<String> line) {

    private static final String SINK =
            "ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: odometer-events}";

    /** @param service the variable with the URL of the service that receives the pushes */
    static ManifestLines subscription(String service) {
        return new ManifestLines("subscription", Manifests.SCRIPT + ", at its end", path -> {
            String name = last(path);
            return "there pubsub topics describe " + name + " || gcloud pubsub topics create " + name
                    + "; there pubsub subscriptions describe " + name + " || gcloud pubsub subscriptions create " + name
                    + " --topic " + name + " --push-endpoint \"$" + service + path
                    + "\" --push-auth-service-account \"$account\" --ack-deadline 300";
        });
    }

    static ManifestLines definition(String file) {
        return new ManifestLines(file, file + ", SPRING_CLOUD_FUNCTION_DEFINITION", function -> ";" + function);
    }

    static ManifestLines trigger() {
        return document(
                "trigger",
                Manifests.KNATIVE,
                path -> "{apiVersion: eventing.knative.dev/v1, kind: Trigger, metadata: {name: odometer-" + last(path)
                        + "}, spec: {broker: default, subscriber: {" + SINK + ", uri: " + path + "}}}");
    }

    /** Of schedules, each written as {@code name at cron}. */
    static ManifestLines job() {
        return new ManifestLines(
                "scheduler",
                Manifests.SCRIPT + ", at its end",
                schedule -> "schedule " + name(schedule) + " \"" + cron(schedule) + "\" UTC");
    }

    /** Of schedules, each written as {@code name at cron}. */
    static ManifestLines source() {
        return document(
                "sources",
                Manifests.SCHEDULES,
                schedule -> "{apiVersion: sources.knative.dev/v1, kind: PingSource, metadata: {name: odometer-"
                        + name(schedule) + "}, spec: {schedule: \"" + cron(schedule) + "\", timezone: UTC, sink: {"
                        + SINK + ", uri: /schedules/" + name(schedule) + "}}}");
    }

    static ManifestLines scaling() {
        return new ManifestLines(
                "scaling",
                Manifests.WORKER + ", triggers",
                topic -> "- {type: kafka, metadata: {bootstrapServers: kafka-bootstrap.kafka:9092,"
                        + " consumerGroup: odometer, topic: " + topic + ", lagThreshold: \"10000\"}}");
    }

    private static ManifestLines document(String what, String file, UnaryOperator<String> line) {
        return new ManifestLines(what, file + ", a document", line);
    }

    /** The lines to add and to remove. */
    String between(Set<String> is, Set<String> wanted) {
        var missing = new TreeSet<>(wanted);
        missing.removeAll(is);
        var superfluous = new TreeSet<>(is);
        superfluous.removeAll(wanted);
        return missing.stream()
                        .map(item -> "\n  add to deploy/" + place + ": " + line.apply(item))
                        .collect(Collectors.joining())
                + superfluous.stream()
                        .map(item -> "\n  remove from deploy/" + place + ": " + item)
                        .collect(Collectors.joining());
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String name(String schedule) {
        return schedule.substring(0, schedule.indexOf(" at "));
    }

    private static String cron(String schedule) {
        return schedule.substring(schedule.indexOf(" at ") + " at ".length());
    }
}
