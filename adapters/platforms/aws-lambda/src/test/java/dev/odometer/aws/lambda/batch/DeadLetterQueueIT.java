package dev.odometer.aws.lambda.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.aws.lambda.deadletter.LocalQueues;
import dev.odometer.aws.lambda.event.EventKind;
import dev.odometer.functions.binding.Deadline;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

class DeadLetterQueueIT {

    @Test
    void receivesDeadLettersInsteadOfTheDatabase() {
        SampleHandler.STATE.clear();
        try (var queues = LocalQueues.start()) {
            String url = queues.queue("parked");
            List<EventKind> kinds = SampleHandler.start(
                    Probes.class,
                    "odometer.aws.channels.batch=batch",
                    "odometer.aws.parked-queue-url=" + url,
                    "odometer.aws.sqs-endpoint=" + queues.endpoint());

            String answer = SampleHandler.send(
                    kinds, Samples.records(List.of(Samples.sqs("batch", "m1", "nonsense"))), Deadline.NONE);

            assertThat(answer).isEqualTo(SampleHandler.failures());
            assertThat(queues.received(url)).extracting(Message::body).containsExactly("nonsense");
            assertThat(SampleHandler.STATE.deadLetters).isEmpty();
        }
    }
}
