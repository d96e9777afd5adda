package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.schedule.Schedule;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The template for AWS has every route, binding and schedule of the tables, and nothing else. */
class SamTemplateTest {

    private static final Wiring WIRING = Wiring.ofAllFunctions();
    private static final SamRules RULES = new SamRules(WIRING.routes(), WIRING.bindings(), WIRING.schedules());

    /** A line that a finding asks to add, with the keys that lead to its place. */
    private static final Pattern LINE =
            Pattern.compile("(?m)^  add to deploy/aws/template\\.yaml, (Resources[.\\w]*): (.+)$");

    private static <T> List<T> and(List<T> rows, T more) {
        return Stream.concat(rows.stream(), Stream.of(more)).toList();
    }

    private static List<String> findings(String template) {
        return RULES.findings(SamTemplate.parse(template));
    }

    @Test
    void matchesTheTables() {
        assertThat(RULES.routes()).isNotEmpty();
        assertThat(RULES.bindings()).isNotEmpty();
        assertThat(RULES.schedules()).isNotEmpty();
        assertThat(findings(SamTemplate.text())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Path: "/api/v1/events"                    | Path: "/api/v1/event"                  | not in the tables
        Path: "/api/v1/events"                    | Path: "/api/v1/event"                  | not in the template: POST /api/v1/events -> ingestEvents
        Method: DELETE                            | Method: POST                           | not in the template: DELETE
        Type: SQS                                 | Type: SNS                              | not in the template: SQS recordUsage
        DEFINITION: recordUsage                   | DEFINITION: countUsage                 | not served: recordUsage
        DEFINITION: recordUsage                   | DEFINITION: recordUsage;getMeter       | unknown or served twice: getMeter
        SPRING_CLOUD_FUNCTION_DEFINITION          | SPRING_DEFINITION                      | serves all functions
        FunctionResponseTypes                     | ResponseTypes                          | usage reports batch item failures: false
        [ReportBatchItemFailures]                 | []                                     | usage reports batch item failures: false
        VisibilityTimeout: 360                    | VisibilityTimeout: 359                 | too short a visibility timeout
        maxReceiveCount: 5                        | maxReceiveCount: 1                     | no dead letter queue after 5
        deadLetterTargetArn: !GetAtt UsageParked  | deadLetterTargetArn: !GetAtt Api       | no dead letter queue after 5
        LambdaHandler::                         | Handler::                              | not configured as required
        odometer-aws-lambda.zip                   | odometer.zip                           | not configured as required
        java25                                    | java11                                 | not configured as required
        arm64                                     | x86_64                                 | not configured as required
        PublishedVersions                         | None                                   | not configured as required
        AutoPublishAlias: live                    | Tags: {a: b}                           | not configured as required
        VpcConfig                                 | Vpc                                    | not configured as required
        ODOMETER_API_KEYS                         | API_KEYS                               | accepts requests without an API key
        NoEcho: true                              | NoEcho: false                          | ApiKeys is not NoEcho
        Method: OPTIONS                           | Method: PUT                            | not in the template: OPTIONS /api/v1/portal
        FailOnWarnings: true                      | CorsConfiguration: true                | the gateway answers CORS requests for all routes
        Action: sqs:SendMessage                   | Action: sqs:*                          | permissions are too broad
        Resource: !GetAtt UsageQueue.Arn          | Resource: "*"                          | permissions are too broad
        QueueConfigurations                       | TopicConfigurations                    | files receives bucket notifications: false
        Queue: !GetAtt FilesQueue.Arn             | Queue: !GetAtt UsageQueue.Arn          | usage receives bucket notifications: true
        VisibilityTimeout: 5400                   | VisibilityTimeout: 900                 | files has too short a visibility timeout
        "schedule": "runExports"                  | "schedule": "runExport"                | not in the template: Schedule runExports
        "schedule": "runExports"                  | "schedule": "runExport"                | not in the tables, or duplicated: Schedule runExport
        <aws.scheduler.scheduled-time>            | now                                    | not in the template: Schedule runExports
        DEFINITION: runExports;request            | DEFINITION: request                    | not served: runExports
        cron(0 2 * * ? *)                         | cron(0 2 ? * * *)                      | requestExports has other times
        ScheduleExpressionTimezone: UTC           | ScheduleExpressionTimezone: Asia/Tokyo | runExports has another time zone
        State: !If [Forgets, ENABLED, DISABLED]   | GroupName: default                     | applyRetention is enabled although it is switched off
        s3:PutObject]                             | s3:*]                                  | permissions are too broad
        !Ref Memory                               | !Ref Megabytes                         | unresolved reference: Megabytes
        !GetAtt ApiRole.Arn                       | !GetAtt Role.Arn                       | unresolved reference: Role
        """)
    void findsEachDeviation(String was, String is, String finding) {
        String altered = SamTemplate.text().replace(was, is);

        assertThat(altered).isNotEqualTo(SamTemplate.text());
        assertThat(findings(altered)).anyMatch(found -> found.contains(finding));
    }

    @Test
    void findsARouteThatIsNotDeployed() {
        var rules = new SamRules(
                and(RULES.routes(), Route.get("/api/v1/new", "getMeter")), RULES.bindings(), RULES.schedules());

        assertThat(rules.findings(SamTemplate.parse(SamTemplate.text()))).containsExactly("""
                        not in the template: GET /api/v1/new -> getMeter
                          add to deploy/aws/template.yaml, Resources.Manage.Properties.Events: \
                        GetMeter2: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: GET, Path: "/api/v1/new"}}""");
        assertThat(rules.findings(SamTemplate.parse(completed(rules)))).isEmpty();
    }

    @Test
    void findsAFunctionThatIsNotServed() {
        var rules = new SamRules(
                and(RULES.routes(), Route.get("/api/v1/new", "getNew")), RULES.bindings(), RULES.schedules());

        assertThat(rules.findings(SamTemplate.parse(SamTemplate.text())))
                .anyMatch(finding -> finding.startsWith("""
                        not served: getNew
                          add to deploy/aws/template.yaml, SPRING_CLOUD_FUNCTION_DEFINITION of Ingest or Query or""") && finding.endsWith(", or of a new function: ;getNew"))
                .anyMatch(finding ->
                        finding.contains("Resources.<the one that serves getNew>.Properties.Events: GetNew: "));
    }

    @Test
    void findsABindingThatIsNotDeployed() {
        var rules = new SamRules(
                RULES.routes(), and(RULES.bindings(), Binding.files("others", "getMeter")), RULES.schedules());

        assertThat(rules.findings(SamTemplate.parse(SamTemplate.text()))).containsExactly("""
                        not in the template: SQS getMeter
                          add to deploy/aws/template.yaml, Resources.Manage.Properties.Events: \
                        Others: {Type: SQS, Properties: {Queue: !GetAtt OthersQueue.Arn, FunctionResponseTypes: [ReportBatchItemFailures]}}
                          add to deploy/aws/template.yaml, Resources: \
                        OthersQueue: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 174, \
                        RedrivePolicy: {deadLetterTargetArn: !GetAtt OthersParked.Arn, maxReceiveCount: 5}}}
                          add to deploy/aws/template.yaml, Resources: OthersParked: {Type: AWS::SQS::Queue}
                          add to deploy/aws/template.yaml, Resources.Files.Properties.NotificationConfiguration.QueueConfigurations: \
                        - {Event: s3:ObjectCreated:*, Queue: !GetAtt OthersQueue.Arn}""");
        assertThat(rules.findings(SamTemplate.parse(completed(rules)))).isEmpty();
    }

    @Test
    void findsAScheduleThatIsNotDeployed() {
        var nightly = new Schedule("nightly", "0 3 * * *", ZoneOffset.UTC, "recordUsage");
        var rules = new SamRules(RULES.routes(), RULES.bindings(), and(RULES.schedules(), nightly));

        assertThat(rules.findings(SamTemplate.parse(SamTemplate.text()))).containsExactly("""
                        not in the template: Schedule nightly -> recordUsage
                          add to deploy/aws/template.yaml, Resources.CountFromQueue.Properties.Events: \
                        Nightly: {Type: ScheduleV2, Properties: {\
                        Input: '{"schedule": "nightly", "due": "<aws.scheduler.scheduled-time>"}', \
                        ScheduleExpression: "cron(0 3 * * ? *)", ScheduleExpressionTimezone: UTC, State: ENABLED}}""");
        assertThat(rules.findings(SamTemplate.parse(completed(rules)))).isEmpty();
    }

    /** The template with every line that the findings ask for. */
    private static String completed(SamRules rules) {
        var template = new StringBuilder(SamTemplate.text());
        LINE.matcher(String.join("\n", rules.findings(SamTemplate.parse(template.toString()))))
                .results()
                .forEach(line -> {
                    int place = 0;
                    String indent = "";
                    for (String key : line.group(1).split("\\.")) {
                        String start = "\n" + indent + key + ":\n";
                        place = template.indexOf(start, place) + start.length() - 1;
                        indent += "  ";
                    }
                    template.insert(place, "\n" + indent + line.group(2));
                });
        return template.toString();
    }
}
