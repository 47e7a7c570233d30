#pragma once

namespace kutip::operation {

// Tells the C library's heap that this process is a server: large blocks, such as the tables of a rule set, come from
// the system and go back to it when they are freed, and threads share a few heaps. Call it before any thread is
// started.
void set_up_heap();

// Gives back to the system what the process has freed. Takes some milliseconds for each 10 MB, in which threads that
// allocate may wait: for moments in which much was freed.
void give_back_memory();

}  // namespace kutip::operation
