package site
import ("testing";"os";"time";"context";"mizan/engine";"fmt")
func TestProf(t *testing.T){
 files := os.DirFS("../../projects/ai-race")
 text,_ := os.ReadFile("../../projects/ai-race/mizan.yaml")
 s,_ := New(Config{Written:true,Load: func(v string)(*engine.Report,error){ r,err:=engine.Run(engine.Input{Name:"mizan.yaml",Text:text,Files:files,Variant:v}); if err!=nil {return nil,err}; return r.Complete(),nil}})
 t0:=time.Now(); f,err:=s.Files(context.Background()); fmt.Println(len(f),err,time.Since(t0))
}
