package dev.odometer.conformance;

import static dev.odometer.conformance.ContainerFiles.find;
import static dev.odometer.conformance.ContainerFiles.map;

import dev.odometer.conformance.Manifests.Container;
import dev.odometer.conformance.Manifests.Document;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;

/** The requirements on the manifests, from the tables and for secure operation. */
@NullUnmarked // trees of YAML: a missing key fails the test
record ManifestRules(Set<String> functions, List<Binding> bindings, List<Schedule> schedules) {

    /** All variables that a deployed process reads. */
    private static final Set<String> READ = Set.of(
            "ODOMETER_PUSH",
            "ODOMETER_API_KEYS",
            "ODOMETER_DATABASE_URL",
            "ODOMETER_DATABASE_USER",
            "ODOMETER_DATABASE_PASSWORD",
            "ODOMETER_DATABASE_POOL_SIZE",
            "ODOMETER_PORTAL_TOKEN_SECRET",
            "ODOMETER_FILES_STORE",
            "ODOMETER_EXPORTS_CONTAINER",
            "ODOMETER_EXPORTS_DAYS",
            "ODOMETER_EXPORTS_ZONE",
            "ODOMETER_ARCHIVE_CONTAINER",
            "ODOMETER_ARCHIVE_EVENTS_DAYS",
            "ODOMETER_RETENTION_PARKED_DAYS",
            "ODOMETER_RETENTION_EXPORTS_DAYS",
            "ODOMETER_RETENTION_IMPORTS_DAYS",
            "ODOMETER_RETENTION_NOTIFICATIONS_DAYS",
            "ODOMETER_NOTIFICATIONS_DELIVER",
            "ODOMETER_BILLING_INVOICE",
            "ODOMETER_BILLING_HAND_OFF_FROM",
            "ODOMETER_STRIPE_API_KEY",
            "ODOMETER_EMAIL_HOST",
            "ODOMETER_EMAIL_FROM",
            "ODOMETER_EMAIL_TLS",
            "ODOMETER_EMAIL_USER",
            "ODOMETER_EMAIL_PASSWORD",
            "ODOMETER_SCHEDULES_ENABLED",
            "ODOMETER_KAFKA_BOOTSTRAP_SERVERS",
            "ODOMETER_KAFKA_GROUP",
            "SPRING_CLOUD_FUNCTION_DEFINITION");

    /** A sentence for each deviation. */
    List<String> findings(Manifests manifests) {
        var findings = new ArrayList<String>();
        List<Document> running = manifests.of("Service", "Deployment");
        running.forEach(document -> checkContainer(document, findings));
        checkSubscriptions(manifests, findings);
        checkDefinitions(manifests, findings);
        checkSchedules(manifests, findings);
        checkAccess(manifests, findings);
        checkScale(manifests, findings);
        return findings;
    }

    private void checkContainer(Document document, List<String> findings) {
        Container container = document.container();
        Map<String, String> environment = container.environment();
        String place = document.file() + " " + document.name();
        environment.keySet().stream()
                .filter(name -> !READ.contains(name))
                .forEach(name -> findings.add(place + ": unused variable " + name));
        environment.forEach((name, value) -> {
            if (name.matches(".*(KEYS|PASSWORD|SECRET|USER|URL)") && !value.isEmpty()) {
                findings.add(place + ": contains the secret " + name);
            }
        });
        definition(environment)
                .filter(name -> !functions.contains(name))
                .forEach(name -> findings.add(place + ": unknown function " + name));
        if (!container.tree().get("image").toString().matches("[A-Za-z./-]+:[0-9][0-9.]*")) {
            findings.add(place + ": image without a version");
        }
        if (!map(map(container.tree().get("resources")).get("limits")).keySet().containsAll(Set.of("cpu", "memory"))) {
            findings.add(place + ": without limits");
        }
        boolean own = document.file().startsWith("kubernetes/");
        if (own && !isLocked(map(container.tree().getOrDefault("securityContext", Map.of())))) {
            findings.add(place + ": has too many privileges");
        }
    }

    private static Stream<String> definition(Map<String, String> environment) {
        return Stream.of(environment
                        .getOrDefault("SPRING_CLOUD_FUNCTION_DEFINITION", "")
                        .split(";"))
                .filter(name -> !name.isEmpty());
    }

    private static boolean isLocked(Map<String, Object> context) {
        return Boolean.FALSE.equals(context.get("allowPrivilegeEscalation"))
                && Boolean.TRUE.equals(context.get("readOnlyRootFilesystem"))
                && Boolean.TRUE.equals(context.get("runAsNonRoot"));
    }

    /** Each binding has one subscription, each binding of events also has one trigger, and there are no others. */
    private void checkSubscriptions(Manifests manifests, List<String> findings) {
        Set<String> channels = with(Payload.EVENTS).stream()
                .map(binding -> "/channels/" + binding.channel())
                .collect(Collectors.toSet());
        for (Payload payload : List.of(Payload.EVENTS, Payload.FILES)) {
            String service = payload == Payload.EVENTS ? "events" : "files";
            Set<String> wanted = with(payload).stream()
                    .map(binding -> "/channels/" + binding.channel())
                    .collect(Collectors.toSet());
            var subscribed = new TreeSet<String>();
            find(
                            "push-endpoint \"\\$" + service + "(/\\S*?)\"",
                            manifests.files().get(Manifests.SCRIPT))
                    .forEach(found -> subscribed.add(found.group(1)));
            check(ManifestLines.subscription(service), subscribed, wanted, findings);
        }
        Set<String> triggered = manifests.of("Trigger").stream()
                .map(trigger -> (String) trigger.at("spec", "subscriber").get("uri"))
                .collect(Collectors.toSet());
        check(ManifestLines.trigger(), triggered, channels, findings);
    }

    /** A service serves exactly the functions of the bindings that are pushed to it. */
    private void checkDefinitions(Manifests manifests, List<String> findings) {
        check(
                ManifestLines.definition(Manifests.FILES),
                definition(manifests
                                .only(Manifests.FILES, "odometer-files")
                                .container()
                                .environment())
                        .collect(Collectors.toSet()),
                with(Payload.FILES).stream().map(Binding::function).collect(Collectors.toSet()),
                findings);
        Set<String> pushedTo = Stream.concat(
                        with(Payload.EVENTS).stream().map(Binding::function),
                        schedules.stream().map(Schedule::function))
                .collect(Collectors.toSet());
        for (String file : List.of(Manifests.EVENTS, Manifests.KNATIVE)) {
            Map<String, String> environment =
                    manifests.only(file, "odometer-events").container().environment();
            check(
                    ManifestLines.definition(file),
                    definition(environment).collect(Collectors.toSet()),
                    pushedTo,
                    findings);
        }
    }

    private List<Binding> with(Payload payload) {
        return bindings.stream()
                .filter(binding -> binding.payload().arrivesLike(payload))
                .toList();
    }

    /** Each schedule has one job and one source with its times, and there are no others. */
    private void checkSchedules(Manifests manifests, List<String> findings) {
        Set<String> wanted = schedules.stream()
                .map(schedule -> schedule.name() + " at " + schedule.cron())
                .collect(Collectors.toSet());
        var jobs = new TreeSet<String>();
        find("schedule (\\w+) \"([^\"]+)\" (UTC|\"\\$zone\")", manifests.files().get(Manifests.SCRIPT))
                .forEach(job -> jobs.add(job.group(1) + " at " + job.group(2)));
        check(ManifestLines.job(), jobs, wanted, findings);
        var sources = new TreeSet<String>();
        for (Document source : manifests.of("PingSource")) {
            String uri = (String) source.at("spec", "sink").get("uri");
            sources.add(
                    uri.replace("/schedules/", "") + " at " + source.at("spec").get("schedule"));
            if (!source.at("spec").containsKey("timezone")
                    || !"odometer-events"
                            .equals(source.at("spec", "sink", "ref").get("name"))) {
                findings.add(source.name() + " has no time zone, or another sink");
            }
        }
        check(ManifestLines.source(), sources, wanted, findings);
    }

    private static void check(ManifestLines lines, Set<String> is, Set<String> wanted, List<String> findings) {
        if (!is.equals(wanted)) {
            findings.add(lines.what() + " has " + is + " instead of " + wanted + lines.between(is, wanted));
        }
    }

    /** Services that accept pushes without a key are protected by the network or IAM. */
    private static void checkAccess(Manifests manifests, List<String> findings) {
        for (Document document : manifests.of("Service")) {
            Map<String, String> environment = document.container().environment();
            boolean open = environment.getOrDefault("ODOMETER_PUSH", "off").equals("open");
            boolean internal =
                    "internal".equals(document.at("metadata", "annotations").get("run.googleapis.com/ingress"))
                            || "cluster-local"
                                    .equals(document.at("metadata", "labels").get("networking.knative.dev/visibility"));
            if (open && !internal) {
                findings.add(document.file() + " " + document.name() + ": pushes are public");
            }
            if (!internal && !environment.containsKey("ODOMETER_API_KEYS")) {
                findings.add(document.file() + " " + document.name() + ": requests need no API key");
            }
        }
        manifests.files().values().stream()
                .flatMap(text -> text.replace("\\\n", " ").lines())
                .filter(line -> line.matches(".*odometer-(events|usage|files).*"))
                .filter(line -> line.matches(".*(allUsers|allAuthenticatedUsers| --allow-unauthenticated).*"))
                .forEach(line -> findings.add("callable without authentication: " + line.strip()));
        if (!manifests.files().get(Manifests.FUNCTIONS).contains("--trigger-topic usage --retry")) {
            findings.add("a function drops events that it cannot count now");
        }
    }

    private void checkScale(Manifests manifests, List<String> findings) {
        Document scaled = manifests.only(Manifests.WORKER, "odometer-worker");
        String group = scaled.container().environment().get("ODOMETER_KAFKA_GROUP");
        Document scaling = manifests.of("ScaledObject").get(0);
        if (!(scaling.at("spec").get("maxReplicaCount") instanceof Integer)
                || !Integer.valueOf(0).equals(scaling.at("spec").get("minReplicaCount"))) {
            findings.add("the number of workers is not limited");
        }
        var topics = new TreeSet<String>();
        for (Object trigger : (List<?>) scaling.at("spec").get("triggers")) {
            Map<String, Object> lag = map(map(trigger).get("metadata"));
            topics.add(String.valueOf(lag.get("topic")));
            if (!lag.get("consumerGroup").equals(group)) {
                findings.add("it scales by the lag of another group: " + lag.get("consumerGroup"));
            }
        }
        boolean hasStore = scaled.container().environment().containsKey("ODOMETER_FILES_STORE");
        Set<String> served = bindings.stream()
                .filter(binding -> hasStore || binding.payload() != Payload.FILES)
                .map(Binding::channel)
                .collect(Collectors.toSet());
        check(ManifestLines.scaling(), topics, served, findings);
    }
}
