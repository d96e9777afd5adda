package dev.odometer.conformance;

import static dev.odometer.conformance.SamTemplate.list;
import static dev.odometer.conformance.SamTemplate.map;

import dev.odometer.conformance.SamTemplate.Event;
import dev.odometer.conformance.SamTemplate.Function;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.schedule.Schedule;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;

/** The requirements on the template: it has each row of the tables once, and nothing else. */
@NullUnmarked // trees of YAML: a missing key fails the test
record SamRules(List<Route> routes, List<Binding> bindings, List<Schedule> schedules) {

    static final int TIMEOUTS_UNTIL_VISIBLE = 6;
    /** The maximum timeout of a Lambda function, in seconds. */
    static final int MAX_TIMEOUT_LENGTH = 900;

    private static final Pattern INPUT =
            Pattern.compile("\\{\"schedule\": \"(\\w+)\", \"due\": \"<aws\\.scheduler\\.scheduled-time>\"}");

    /** A sentence for each deviation from the tables. */
    List<String> findings(SamTemplate template) {
        var findings = new ArrayList<String>();
        checkEvents(template, findings);
        checkDefinitions(template, findings);
        bindings.forEach(binding -> checkQueue(template, binding, findings));
        schedules.forEach(schedule -> checkSchedule(template, schedule, findings));
        template.functions().forEach(function -> checkFunction(function, findings));
        checkPermissions(template, findings);
        checkNames(template, findings);
        return findings;
    }

    /** Compares the rows of the tables with the events of the template, as texts. */
    private void checkEvents(SamTemplate template, List<String> findings) {
        var wanted = new ArrayList<>(wanted(new SamLines(template)));
        for (Event event : template.events()) {
            List<Wanted> matching = wanted.stream()
                    .filter(row -> row.words().startsWith(start(event)))
                    .filter(row -> event.function().definition().contains(row.function()))
                    .limit(1)
                    .toList();
            if (matching.isEmpty()) {
                findings.add("not in the tables, or duplicated: " + start(event) + " of "
                        + event.function().name() + ": remove it from " + SamTemplate.FILE);
            }
            wanted.removeAll(matching);
        }
        wanted.forEach(row -> findings.add("not in the template: " + row.words() + row.lines()));
    }

    /** A row as text, with the lines that it requires in the template. */
    private record Wanted(String words, String function, String lines) {}

    private List<Wanted> wanted(SamLines lines) {
        var wanted = new ArrayList<Wanted>();
        for (Route row : routes) {
            // Browsers send a preflight request first, which the door answers.
            for (String method : row.open() ? List.of(row.method(), "OPTIONS") : List.of(row.method())) {
                String words = method + " " + row.path() + " -> " + row.function();
                wanted.add(new Wanted(words, row.function(), lines.route(method, row)));
            }
        }
        // Files also go through a queue: S3 itself gives up after three attempts.
        bindings.forEach(row -> wanted.add(new Wanted("SQS " + row.function(), row.function(), lines.binding(row))));
        schedules.forEach(row -> wanted.add(
                new Wanted("Schedule " + row.name() + " -> " + row.function(), row.function(), lines.schedule(row))));
        return wanted;
    }

    private static String start(Event event) {
        return switch (event.type()) {
            case "HttpApi" ->
                event.properties().get("Method") + " " + event.properties().get("Path") + " -> ";
            case "ScheduleV2" -> "Schedule " + scheduled(event) + " -> ";
            default -> event.type() + " ";
        };
    }

    /** The name of the schedule in the input, parsed as leniently as by the adapter. */
    private static String scheduled(Event event) {
        Matcher input = INPUT.matcher(String.valueOf(event.properties().get("Input")));
        return input.matches() ? input.group(1) : "?";
    }

    private static void checkSchedule(SamTemplate template, Schedule schedule, List<String> findings) {
        for (Event event : template.events()) {
            if (!event.type().equals("ScheduleV2") || !scheduled(event).equals(schedule.name())) {
                continue;
            }
            String wanted = SamLines.cron(schedule);
            if (!wanted.equals(event.properties().get("ScheduleExpression"))) {
                findings.add(schedule.name() + " has other times than " + wanted);
            }
            Object zone = event.properties().get("ScheduleExpressionTimezone");
            boolean sameZone = zone instanceof String name
                    ? ZoneId.of(name).getRules().equals(schedule.zone().getRules())
                    : "ExportsZone".equals(named(zone));
            if (!sameZone) {
                findings.add(schedule.name() + " has another time zone: " + zone);
            }
            if (!event.properties().containsKey("State")) {
                findings.add(schedule.name() + " is enabled although it is switched off");
            }
        }
    }

    private void checkDefinitions(SamTemplate template, List<String> findings) {
        Set<String> wanted = new TreeSet<>();
        routes.forEach(row -> wanted.add(row.function()));
        bindings.forEach(row -> wanted.add(row.function()));
        schedules.forEach(row -> wanted.add(row.function()));
        for (Function function : template.functions()) {
            if (function.definition().isEmpty()) {
                findings.add(function.name() + " serves all functions");
            }
            for (String name : function.definition()) {
                if (!wanted.remove(name)) {
                    findings.add("unknown or served twice: " + name + " in " + function.name());
                }
            }
        }
        List<String> all = template.functions().stream().map(Function::name).toList();
        wanted.forEach(name -> findings.add("not served: " + name + SamLines.definition(name, all)));
    }

    private static void checkQueue(SamTemplate template, Binding binding, List<String> findings) {
        Map<String, Map<String, Object>> queues = template.resources("AWS::SQS::Queue");
        for (Event event : template.events()) {
            if (!event.type().equals("SQS") || !event.function().definition().contains(binding.function())) {
                continue;
            }
            boolean reports =
                    list(event.properties().get("FunctionResponseTypes")).contains("ReportBatchItemFailures");
            if (reports != binding.itemReports()) {
                findings.add(binding.channel() + " reports batch item failures: " + reports);
            }
            Map<String, Object> queue = queues.get(named(event.properties().get("Queue")));
            int timeout = (int) event.function().properties().get("Timeout");
            if ((int) queue.getOrDefault("VisibilityTimeout", 30) < TIMEOUTS_UNTIL_VISIBLE * timeout) {
                findings.add(binding.channel() + " has too short a visibility timeout");
            }
            Map<String, Object> redrive = map(queue.getOrDefault("RedrivePolicy", Map.of()));
            if (!queues.containsKey(named(redrive.get("deadLetterTargetArn")))
                    || !redrive.get("maxReceiveCount").equals(binding.attempts())) {
                findings.add(binding.channel() + " has no dead letter queue after " + binding.attempts() + " attempts");
            }
            boolean isNotified = template.all("QueueConfigurations").stream()
                    .flatMap(all -> list(all).stream())
                    .anyMatch(to -> named(map(to).get("Queue"))
                            .equals(named(event.properties().get("Queue"))));
            if (isNotified != (binding.payload() == Payload.FILES)) {
                findings.add(binding.channel() + " receives bucket notifications: " + isNotified);
            }
        }
    }

    /** The resource that {@code !Ref} or {@code !GetAtt} refers to. */
    private static String named(Object reference) {
        return reference == null
                ? ""
                : map(reference).values().iterator().next().toString().replaceFirst("\\..*", "");
    }

    private static void checkFunction(Function function, List<String> findings) {
        Map<String, Object> has = function.properties();
        boolean asMeant = "dev.odometer.aws.lambda.LambdaHandler::handleRequest".equals(has.get("Handler"))
                && "../../adapters/platforms/aws-lambda/target/odometer-aws-lambda.zip".equals(has.get("CodeUri"))
                && String.valueOf(has.get("Runtime")).matches("java(17|21|25)")
                && List.of("arm64").equals(has.get("Architectures"))
                && Map.of("ApplyOn", "PublishedVersions").equals(has.get("SnapStart"))
                && has.containsKey("AutoPublishAlias")
                && has.containsKey("VpcConfig")
                && has.containsKey("Role");
        if (!asMeant) {
            findings.add(function.name() + " is not configured as required");
        }
        boolean isOpen =
                function.events().stream().anyMatch(event -> event.type().equals("HttpApi"))
                        && !map(map(has.get("Environment")).get("Variables")).containsKey("ODOMETER_API_KEYS");
        if (isOpen) {
            findings.add(function.name() + " accepts requests without an API key");
        }
    }

    private static void checkPermissions(SamTemplate template, List<String> findings) {
        for (Object statement : template.all("Statement").stream()
                .flatMap(all -> list(all).stream())
                .toList()) {
            List<?> actions = list(map(statement).get("Action"));
            boolean all = map(statement).get("Effect").equals("Allow")
                    && list(map(statement).get("Resource")).contains("*")
                    && !actions.stream().allMatch(action -> action.toString().startsWith("ec2:"));
            if (all || actions.stream().anyMatch(action -> action.toString().contains("*"))) {
                findings.add("permissions are too broad: " + actions);
            }
        }
    }

    private static void checkNames(SamTemplate template, List<String> findings) {
        Set<String> known = new TreeSet<>(map(template.tree().get("Resources")).keySet());
        known.addAll(map(template.tree().get("Parameters")).keySet());
        Stream.of("!Ref", "!GetAtt")
                .flatMap(tag -> template.all(tag).stream())
                .map(name -> name.toString().replaceFirst("\\..*", ""))
                .filter(name -> !name.startsWith("AWS::") && !known.contains(name))
                .forEach(name -> findings.add("unresolved reference: " + name));
        for (String secret : List.of("ApiKeys", "PortalTokenSecret")) {
            if (!Boolean.TRUE.equals(
                    map(map(template.tree().get("Parameters")).get(secret)).get("NoEcho"))) {
                findings.add(secret + " is not NoEcho");
            }
        }
        if (!template.all("CorsConfiguration").isEmpty()) {
            findings.add("the gateway answers CORS requests for all routes");
        }
    }
}
