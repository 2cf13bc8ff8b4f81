"""Files that are read into the official form: the working form on its way back, and ledgers as they were
really filled in. `target.FormTarget` is what the pages know."""
