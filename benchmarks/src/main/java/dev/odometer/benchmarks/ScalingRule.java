package dev.odometer.benchmarks;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How a platform chooses the number of instances of a consumer, once per second of a simulated day. Each rule follows the
 * platform's documentation, which its factory method names.
 */
interface ScalingRule {

    /**
     * The number of instances that the platform wants now, those that are starting included.
     *
     * @param second of the day
     * @param waiting the events that were left a second ago
     * @param backlog these, and the events that have arrived since
     * @param instances the number of instances one second ago
     */
    int desired(int second, long waiting, long backlog, int instances);

    /**
     * A standard queue of SQS: five invocations at a time, up to 300 more per minute while messages wait, and fewer again
     * while none waits
     * (docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html).
     */
    static ScalingRule sqs() {
        return (second, waiting, backlog, instances) -> {
            if (backlog == 0) {
                return 0;
            }
            int change = waiting > 0 ? 5 : -5;
            return Math.min(1000, Math.max(5, instances + change));
        };
    }

    /**
     * Azure's target-based scaling: the backlog divided by a target per instance, at most four instances more in a
     * decision, and a decision every 30 seconds
     * (learn.microsoft.com/azure/azure-functions/functions-target-based-scaling).
     *
     * @param partitions the maximum
     */
    static ScalingRule targetBased(int target, int partitions) {
        return (second, waiting, backlog, instances) -> {
            if (second % 30 != 0) {
                return instances;
            }
            long wanted = Math.min(partitions, (backlog + target - 1) / target);
            return (int) Math.min(wanted, instances + 4L);
        };
    }

    /**
     * KEDA with the default behavior of Kubernetes' autoscaler: the lag divided by a threshold, every 15 seconds; at most
     * four instances more or twice as many; fewer after five minutes in which no more were wanted
     * (keda.sh/docs/latest/scalers/apache-kafka, kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale).
     *
     * @param partitions the maximum
     */
    static ScalingRule keda(int threshold, int partitions) {
        Deque<Integer> wanted = new ArrayDeque<>();
        return (second, waiting, backlog, instances) -> {
            if (second % 15 != 0) {
                return instances;
            }
            wanted.add((int) Math.min(partitions, (backlog + threshold - 1) / threshold));
            if (wanted.size() > 300 / 15) {
                wanted.remove();
            }
            int highest = wanted.stream().mapToInt(Integer::intValue).max().orElse(0);
            return Math.min(highest, Math.max(instances + 4, 2 * instances));
        };
    }
}
