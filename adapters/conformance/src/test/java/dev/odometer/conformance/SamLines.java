package dev.odometer.conformance;

import static dev.odometer.conformance.SamTemplate.map;

import dev.odometer.conformance.SamTemplate.Function;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.schedule.Schedule;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

/** The lines that rows of the tables require in the template, with their places. */
@NullUnmarked // trees of YAML: a missing key fails the test
record SamLines(SamTemplate template) {

    String route(String method, Route row) {
        String suffix = method.equals("OPTIONS") ? "Options" : "";
        return event(
                row.function(),
                row.function() + suffix,
                "{Type: HttpApi, Properties: {ApiId: !Ref Api, Method: " + method + ", Path: \"" + row.path() + "\"}}");
    }

    String binding(Binding row) {
        String name = capitalized(row.channel());
        int timeout = server(row.function())
                .map(function -> (int) function.properties().get("Timeout"))
                .orElse(SamRules.MAX_TIMEOUT_LENGTH);
        String reports = row.itemReports() ? ", FunctionResponseTypes: [ReportBatchItemFailures]" : "";
        String lines = event(
                        row.function(),
                        row.channel(),
                        "{Type: SQS, Properties: {Queue: !GetAtt " + name + "Queue.Arn" + reports + "}}")
                + line(
                        "Resources",
                        name + "Queue: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: "
                                + SamRules.TIMEOUTS_UNTIL_VISIBLE * timeout
                                + ", RedrivePolicy: {deadLetterTargetArn: !GetAtt " + name
                                + "Parked.Arn, maxReceiveCount: " + row.attempts() + "}}}")
                + line("Resources", name + "Parked: {Type: AWS::SQS::Queue}");
        return row.payload() != Payload.FILES
                ? lines
                : lines
                        + line(
                                "Resources.Files.Properties.NotificationConfiguration.QueueConfigurations",
                                "- {Event: s3:ObjectCreated:*, Queue: !GetAtt " + name + "Queue.Arn}");
    }

    String schedule(Schedule row) {
        String zone = row.zone().equals(ZoneOffset.UTC) ? "UTC" : row.zone().getId();
        return event(
                row.function(),
                row.name(),
                "{Type: ScheduleV2, Properties: {Input: '{\"schedule\": \"" + row.name()
                        + "\", \"due\": \"<aws.scheduler.scheduled-time>\"}', ScheduleExpression: \"" + cron(row)
                        + "\", ScheduleExpressionTimezone: " + zone + ", State: ENABLED}}");
    }

    /** The cron expression of a schedule in the syntax of EventBridge. */
    static String cron(Schedule schedule) {
        String[] fields = schedule.cron().split(" ");
        // EventBridge requires "?" in one of the two day fields, and a year field.
        boolean weekly = !fields[4].equals("*");
        return "cron(" + fields[0] + " " + fields[1] + " " + (weekly ? "?" : fields[2]) + " " + fields[3] + " "
                + (weekly ? fields[4] : "?") + " *)";
    }

    /** Asks to add a function to the definition of a Lambda function. */
    static String definition(String function, List<String> all) {
        return line(
                "SPRING_CLOUD_FUNCTION_DEFINITION of " + String.join(" or ", all) + ", or of a new function",
                ";" + function);
    }

    private Optional<Function> server(String function) {
        return template.functions().stream()
                .filter(server -> server.definition().contains(function))
                .findFirst();
    }

    private String event(String function, String name, String event) {
        Optional<Function> server = server(function);
        Map<String, Object> there = server.map(at -> map(at.properties().getOrDefault("Events", Map.of())))
                .orElse(Map.of());
        String free = capitalized(name);
        for (int i = 2; there.containsKey(free); i++) {
            free = capitalized(name) + i;
        }
        String owner = server.map(Function::name).orElse("<the one that serves " + function + ">");
        return line("Resources." + owner + ".Properties.Events", free + ": " + event);
    }

    private static String line(String place, String text) {
        return "\n  add to " + SamTemplate.FILE + ", " + place + ": " + text;
    }

    private static String capitalized(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
