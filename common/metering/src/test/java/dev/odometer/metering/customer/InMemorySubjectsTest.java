package dev.odometer.metering.customer;

class InMemorySubjectsTest extends SubjectsContract {

    @Override
    protected Subjects empty() {
        return new InMemorySubjects();
    }
}
