package dev.odometer.email;

import dev.odometer.metering.notification.Attempt;
import dev.odometer.metering.notification.Courier;
import dev.odometer.metering.notification.Target;
import dev.odometer.metering.notification.Target.Email;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends notifications to mailboxes through one SMTP server. */
final class EmailCourier implements Courier {

    private static final Duration TIME_BUDGET = Duration.ofSeconds(15);
    /**
     * More than the callers that wait at a time: a thread that its caller has given up ends only with the timeouts of
     * the SMTP steps.
     */
    private static final int MAX_THREADS = 256;
    /** IPv4 and IPv6. */
    private static final Pattern ADDRESS = Pattern.compile("\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b"
            + "|[0-9a-fA-F:]*::[0-9a-fA-F:]*|\\b(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}\\b");

    private final @Nullable EmailSettings settings;
    private final Duration timeBudget;
    private @Nullable ExecutorService threads;

    /** @param settings null if e-mail is not configured */
    EmailCourier(@Nullable EmailSettings settings) {
        this(settings, TIME_BUDGET);
    }

    EmailCourier(@Nullable EmailSettings settings, Duration timeBudget) {
        this.settings = settings;
        this.timeBudget = timeBudget;
    }

    /**
     * The server's reply to a delivery.
     *
     * @param code the SMTP reply code; null if there was no reply
     */
    record Answer(boolean succeeded, @Nullable Integer code, String text, FollowUp then) {

        static Answer none(String reason) {
            return new Answer(false, null, reason, FollowUp.RETRY);
        }
    }

    @Override
    public boolean supports(Target target) {
        return settings != null && target instanceof Email;
    }

    @Override
    public Outcome deliver(OutboundMessage outbound) {
        long start = System.nanoTime();
        Email email = (Email) outbound.channel().target();
        Answer answer = answer(outbound, email);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        String mailboxes = String.join(", ", email.to());
        return new Outcome(
                new Attempt(answer.succeeded, outbound.at(), answer.code, shown(answer.text), took, mailboxes),
                answer.then,
                null);
    }

    /** Without the host and the addresses of the SMTP server, which clients that read attempts must not learn. */
    private String shown(String text) {
        String host =
                Objects.requireNonNull(settings, "e-mail is not configured").host();
        String anonymous = Pattern.compile(Pattern.quote(host), Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .replaceAll("the SMTP server");
        return ADDRESS.matcher(anonymous).replaceAll("an address");
    }

    private Answer answer(OutboundMessage outbound, Email email) {
        EmailSettings configured = Objects.requireNonNull(settings, "e-mail is not configured");
        Future<Answer> answer = threads().submit(() -> new MailBatch(configured, outbound, email).send());
        try {
            return answer.get(timeBudget.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            answer.cancel(true);
            return Answer.none("no answer within " + timeBudget.toSeconds() + " s");
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            return Answer.none("not sent: " + (cause == null ? failed : cause).getMessage());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Answer.none("interrupted by the shutdown of the process");
        }
    }

    private synchronized ExecutorService threads() {
        if (threads == null) {
            threads = new ThreadPoolExecutor(
                    0, MAX_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), EmailCourier::thread);
        }
        return threads;
    }

    /**
     * Sets the context class loader, with which the mail library loads its providers. On some platforms, threads
     * inherit another one.
     */
    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "email");
        thread.setDaemon(true);
        thread.setContextClassLoader(EmailCourier.class.getClassLoader());
        return thread;
    }
}
